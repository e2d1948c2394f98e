package dev.nommu.tck.fs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A file. */
class HeapFile extends HeapInode implements RegularFile {
  volatile byte[] content = {};

  HeapFile(HeapTree tree, NewInode what) {
    super(tree, what);
  }

  @Override
  Inode self() {
    return this;
  }

  @Override
  long size() {
    return content.length;
  }

  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    return new Open(this);
  }

  @Override
  public void truncate(long size) throws ErrnoException {
    content = Arrays.copyOf(content, (int) size);
  }

  long read(MemorySegment into, long position) {
    byte[] bytes = content;
    int count = (int) Math.clamp(bytes.length - position, 0, into.byteSize());
    MemorySegment.copy(
        MemorySegment.ofArray(bytes), Math.min(position, bytes.length), into, 0, count);
    return count;
  }

  long write(MemorySegment from, long position) {
    int end = (int) (position + from.byteSize());
    byte[] bytes = Arrays.copyOf(content, Math.max(end, content.length));
    MemorySegment.copy(from, 0, MemorySegment.ofArray(bytes), position, from.byteSize());
    content = bytes;
    return from.byteSize();
  }

  /**
   * A file that is open.
   *
   * @param file which
   */
  record Open(HeapFile file) implements ReadableFile, WritableFile {
    @Override
    public long read(MemorySegment into, long position) {
      return file.read(into, position);
    }

    @Override
    public long write(MemorySegment from, long position) {
      return file.write(from, position);
    }
  }
}
