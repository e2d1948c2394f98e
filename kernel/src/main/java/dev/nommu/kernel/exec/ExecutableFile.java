package dev.nommu.kernel.exec;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Executable;
import dev.nommu.api.MappableFile;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.lang.foreign.MemorySegment;

/** A file of an exec, as a binary format sees it. */
final class ExecutableFile implements Executable {
  private final ExecutableFiles files;
  private final String path;
  private final MemorySegment head;
  private final boolean mappable;

  /**
   * Reads the head of an open file.
   *
   * @throws ErrnoException EINVAL if the file has no read operation; any error of the file system
   */
  ExecutableFile(ExecutableFiles files, String path, OpenFileDescription file)
      throws ErrnoException {
    this.files = files;
    this.path = path;
    this.mappable = file.operations() instanceof MappableFile;
    MemorySegment start = MemorySegment.ofArray(new byte[HEAD_SIZE]);
    readFully(file, start, 0);
    this.head = start.asReadOnly();
  }

  private static long readFully(OpenFileDescription file, MemorySegment into, long position)
      throws ErrnoException {
    long done = 0;
    while (done < into.byteSize()) {
      long count = file.read(into.asSlice(done), position + done);
      if (count == 0) {
        break;
      }
      done += count;
    }
    return done;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public MemorySegment head() {
    return head;
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return readFully(files.require(this), into, position);
  }

  @Override
  public boolean isMappable() {
    return mappable;
  }

  @Override
  public Executable open(String other) throws ErrnoException {
    files.require(this);
    return files.open(other);
  }
}
