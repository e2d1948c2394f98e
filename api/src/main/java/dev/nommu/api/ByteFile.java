package dev.nommu.api;

import java.lang.foreign.MemorySegment;

/**
 * A read-only regular file in memory; it can be mapped as a copy. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ByteFile implements RegularFile {
  private static final int PERMISSIONS = 0444;

  private final long number;
  private final MemorySegment content;
  private final Attributes attributes;

  /**
   * Creates a file that everyone may read, dated at the start of 1970.
   *
   * @param number its inode number
   * @param content its bytes; not copied, and not to be changed
   */
  public ByteFile(long number, byte[] content) {
    this(number, content, Attributes.builder(PERMISSIONS));
  }

  /**
   * Creates a file.
   *
   * @param number its inode number
   * @param content its bytes; not copied, and not to be changed
   * @param attributes its owner, mode and times; the size is that of the content
   */
  public ByteFile(long number, byte[] content, Attributes.Builder attributes) {
    this.number = number;
    this.content = MemorySegment.ofArray(content).asReadOnly();
    this.attributes = attributes.size(content.length).build();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  /**
   * Opens the file.
   *
   * @throws ErrnoException EROFS for writing
   */
  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    if (flags.writes()) {
      throw new ErrnoException(Errno.EROFS, "open of inode " + number + ": the file is read-only");
    }
    return new Opened(content);
  }

  private record Opened(MemorySegment content) implements ConcurrentlyReadableFile, MappableFile {
    @Override
    public long read(MemorySegment into, long position) {
      long count = Math.clamp(content.byteSize() - position, 0, into.byteSize());
      if (count > 0) {
        MemorySegment.copy(content, position, into, 0, count);
      }
      return count;
    }
  }
}
