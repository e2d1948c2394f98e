package dev.nommu.tck.fs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.function.Predicate;

/** A file whose reads wait while nothing was ever written; what poll tells of it a test says. */
final class WaitingFile extends HeapFile {
  private final WaitQueue written;
  private final Predicate<WaitingFile> isReadable;

  WaitingFile(HeapTree tree, NewInode what, Predicate<WaitingFile> isReadable) {
    super(tree, what);
    this.written = tree.request.newWaitQueue("something written");
    this.isReadable = isReadable;
  }

  boolean hasContent() {
    return content.length > 0;
  }

  @Override
  public OpenFile open(OpenFlags flags) {
    return new Reader(this);
  }

  @Override
  long write(MemorySegment from, long position) {
    long count = super.write(from, position);
    written.wakeAll();
    return count;
  }

  /**
   * The file, open.
   *
   * @param file which
   */
  private record Reader(WaitingFile file) implements ReadableFile, WritableFile, PollableFile {
    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      file.written.await(file::hasContent);
      return file.read(into, position);
    }

    @Override
    public long write(MemorySegment from, long position) {
      return file.write(from, position);
    }

    @Override
    public Set<PollEvent> poll() {
      return file.isReadable.test(file)
          ? Set.of(PollEvent.IN, PollEvent.OUT)
          : Set.of(PollEvent.OUT);
    }

    @Override
    public WaitQueue queue() {
      return file.written;
    }
  }
}
