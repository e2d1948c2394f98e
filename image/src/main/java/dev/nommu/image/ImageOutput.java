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
 * An image that is being written, first under a name with the suffix {@code .part}: until it is
 * complete, what was there stays. Not for concurrent use.
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
   * @param progress receives how many bytes there are whenever some are appended
   * @throws ErrnoException ENOENT or what else the host says
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

  /** Returns how many bytes there are. */
  public long end() {
    return end;
  }

  /**
   * Appends bytes.
   *
   * @throws ErrnoException what the host says
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
   * @throws ErrnoException what the host says
   */
  public void padTo(long offset) throws ErrnoException {
    while (end < offset) {
      append(ByteBuffer.allocate((int) Math.min(CHUNK, offset - end)));
    }
  }

  /**
   * Writes bytes over others.
   *
   * @throws ErrnoException what the host says
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

  /** Returns what was written, to be read. It is closed with the image. */
  public ByteSource written() {
    return ChannelSource.of(part, channel, end);
  }

  /** Returns a stream that appends what is written to it. */
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
   * Gives the image its name, in the place of what had it.
   *
   * @throws ErrnoException what the host says
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
   * Removes an image that was not finished.
   *
   * @throws ErrnoException what the host says
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
