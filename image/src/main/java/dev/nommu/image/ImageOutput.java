package dev.nommu.image;

import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * An image being written, under a name with the suffix {@code .part} until it is complete, so that
 * an existing file stays until then. Not thread-safe.
 */
public final class ImageOutput implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final Path image;
  private final Path part;
  private final SeekableByteChannel channel;
  private final LongConsumer progress;
  private long end;

  private ImageOutput(Path image, Path part, SeekableByteChannel channel, LongConsumer progress) {
    this.image = image;
    this.part = part;
    this.channel = channel;
    this.progress = progress;
  }

  /**
   * Begins an image.
   *
   * @param progress receives the size in bytes after each append
   * @throws ErrnoException ENOENT or any other error of the host
   */
  public static ImageOutput create(Path image, LongConsumer progress) throws ErrnoException {
    Path part = image.resolveSibling(image.getFileName() + ".part");
    SeekableByteChannel channel =
        HostFiles.attempt(
            "create " + part,
            () ->
                Files.newByteChannel(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
    return new ImageOutput(image, part, channel, progress);
  }

  /** Returns the size in bytes. */
  public long end() {
    return end;
  }

  /**
   * Appends bytes.
   *
   * @throws ErrnoException any error of the host
   */
  public void append(ByteBuffer bytes) throws ErrnoException {
    long at = end;
    end += bytes.remaining();
    overwrite(at, bytes);
    progress.accept(end);
  }

  /**
   * Appends zeros up to an offset that is not before the end.
   *
   * @throws ErrnoException any error of the host
   */
  public void padTo(long offset) throws ErrnoException {
    while (end < offset) {
      append(ByteBuffer.allocate((int) Math.min(CHUNK, offset - end)));
    }
  }

  /**
   * Overwrites bytes.
   *
   * @throws ErrnoException any error of the host
   */
  public void overwrite(long offset, ByteBuffer bytes) throws ErrnoException {
    HostFiles.attempt(
        "write " + part,
        () -> {
          channel.position(offset);
          int count = 0;
          while (bytes.hasRemaining()) {
            count += channel.write(bytes);
          }
          return count;
        });
  }

  /** Returns a source of the bytes written. It is closed with the image. */
  public ByteSource written() {
    return ChannelSource.of(part, channel, end);
  }

  /** Returns a stream that appends to the image. */
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        append(ByteBuffer.wrap(bytes, from, count));
      }
    };
  }

  /**
   * Gives the image its name, replacing an existing file.
   *
   * @throws ErrnoException any error of the host
   */
  public void finish() throws ErrnoException {
    HostFiles.attempt(
        "write " + image,
        () -> {
          channel.close();
          return Files.move(part, image, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  /**
   * Removes an unfinished image.
   *
   * @throws ErrnoException any error of the host
   */
  @Override
  public void close() throws ErrnoException {
    HostFiles.attempt("remove " + part, this::remove);
  }

  private boolean remove() throws IOException {
    channel.close();
    return Files.deleteIfExists(part);
  }
}
