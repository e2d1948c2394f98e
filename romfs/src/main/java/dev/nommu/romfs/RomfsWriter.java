package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * Makes an image of a directory, laid out as {@code genromfs} 0.5.2 lays it out: with the same
 * options and the same order of entries the bytes are the same.
 *
 * <p>It differs in three points: {@link RomfsOptions#excludes} never leaves out "." and "..", a
 * name that Linux could not look up is refused, and so is a device that no image can hold.
 *
 * <p>Stateless; may be called concurrently for different images.
 */
public final class RomfsWriter {
  private static final byte[] ZEROS = new byte[4096];

  private final RomfsOptions options;

  /** Creates a writer with these options. */
  public RomfsWriter(RomfsOptions options) {
    this.options = options;
  }

  /**
   * Writes an image. Directory and image may be on any {@code java.nio.file} file systems. The
   * image is written beside its place under a name that ends with {@code .part}, and moved when it
   * is complete: after a failure what was there is there still.
   *
   * <p>An empty file called {@code @name,type,major,minor} becomes a device or pipe (type b, c or
   * p), as {@code genromfs} has it. Symbolic links are kept as such; further names of a file become
   * hard links where the host says that it is the same file. Executable bits are kept where the
   * host has them.
   *
   * @param directory what becomes the root of the image
   * @param image where the image goes, replacing what is there
   * @return bytes of the image that are in use; its file is padded to a multiple of 1024
   * @throws ErrnoException ENOENT, ENOTDIR if there is no such directory; ENAMETOOLONG, EFBIG,
   *     EINVAL for what an image cannot hold; EIO if the host cannot be read or written
   */
  public long write(Path directory, Path image) throws ErrnoException {
    return write(directory, image, written -> {});
  }

  /**
   * Writes an image as above.
   *
   * @param progress is told after each file how many bytes of the image there are
   * @return bytes of the image that are in use
   * @throws ErrnoException as above
   */
  public long write(Path directory, Path image, LongConsumer progress) throws ErrnoException {
    Path part = image.resolveSibling(image.getFileName() + ".part");
    try {
      ImagePlan plan = ImagePlan.of(directory, options);
      writeAll(plan, part, progress);
      Files.move(part, image, StandardCopyOption.REPLACE_EXISTING);
      return plan.size();
    } catch (IOException e) {
      throw failure(directory, image, part, e);
    }
  }

  private void writeAll(ImagePlan plan, Path image, LongConsumer progress) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            image,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      out.write(volumeHeader(plan.size()));
      long position = RomfsFormat.headerSize(volumeName());
      for (PlannedNode node : plan.nodes()) {
        pad(out, position, node.offset());
        out.write(node.header());
        node.content().writeTo(out);
        position = node.end();
        progress.accept(position);
      }
      pad(out, position, RomfsFormat.align(plan.size(), RomfsFormat.BLOCK_SIZE));
      out.flush();
      writeChecksum(channel, plan.size());
    }
  }

  private byte[] volumeHeader(long size) {
    ByteBuffer header = ByteBuffer.allocate((int) RomfsFormat.headerSize(volumeName()));
    header.putLong(RomfsFormat.MAGIC).putInt((int) size);
    header.put(RomfsFormat.HEADER_SIZE, volumeName());
    return header.array();
  }

  private byte[] volumeName() {
    return options.volume().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads back the first block, which may hold file data, to know its sum (rule ROMFS-11). */
  private static void writeChecksum(SeekableByteChannel channel, long size) throws IOException {
    ByteBuffer first = ByteBuffer.allocate((int) Math.min(size, RomfsFormat.FIRST_BLOCK));
    channel.position(0);
    while (first.hasRemaining()) {
      if (channel.read(first) < 0) {
        throw new IOException("expected to read back what was written, found the end of the file");
      }
    }
    ByteBuffer checksum = ByteBuffer.allocate(4).putInt(0, -RomfsFormat.sum(first));
    channel.position(12);
    while (checksum.hasRemaining()) {
      channel.write(checksum);
    }
  }

  private static void pad(OutputStream out, long position, long end) throws IOException {
    for (long left = end - position; left > 0; left -= ZEROS.length) {
      out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }

  private static ErrnoException failure(Path directory, Path image, Path part, IOException cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return switch (cause) {
      case ErrnoException e -> e;
      case NoSuchFileException e ->
          new ErrnoException(Errno.ENOENT, "write image: there is no " + e.getFile(), e);
      default ->
          new ErrnoException(
              Errno.EIO, "write image %s of %s: %s".formatted(image, directory, cause), cause);
    };
  }
}
