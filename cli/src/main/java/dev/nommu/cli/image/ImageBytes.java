package dev.nommu.cli.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.image.ByteSource;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The bytes of an image: a file, or part of one such as the dump of a whole flash chip. May be read
 * concurrently.
 */
final class ImageBytes implements ByteSource {
  private final ByteSource file;
  private final long offset;
  private final long size;
  private final LongConsumer progress;
  private final AtomicLong read = new AtomicLong();

  private ImageBytes(ByteSource file, long offset, long size, LongConsumer progress) {
    this.file = file;
    this.offset = offset;
    this.size = size;
    this.progress = progress;
  }

  /**
   * Opens a file.
   *
   * @param file on any {@code java.nio.file} file system
   * @param offset the start of the image in the file
   * @param size its size in bytes; empty for up to the end of the file
   * @param progress receives after each read the total number of bytes read
   * @throws ErrnoException ENOENT if it does not exist, or another error of the host; EINVAL if the
   *     range is outside it
   */
  public static ImageBytes open(Path file, long offset, OptionalLong size, LongConsumer progress)
      throws ErrnoException {
    ByteSource source = ByteSource.open(file);
    long left = source.size() - offset;
    long wanted = size.orElse(Math.max(1, left));
    if (wanted > left) {
      source.close();
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: expected an image of %d bytes or more at 0x%x, found a file of %d bytes in all"
              .formatted(file, wanted, offset, source.size()));
    }
    return new ImageBytes(source, offset, wanted, progress);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(MemorySegment into, long at) throws ErrnoException {
    if (at < 0 || into.byteSize() > size - at) {
      throw new ErrnoException(
          Errno.EIO,
          "read of %d bytes at 0x%x: expected to end at 0x%x or before"
              .formatted(into.byteSize(), at, size));
    }
    file.read(into, offset + at);
    progress.accept(read.addAndGet(into.byteSize()));
  }

  @Override
  public void close() throws ErrnoException {
    file.close();
  }
}
