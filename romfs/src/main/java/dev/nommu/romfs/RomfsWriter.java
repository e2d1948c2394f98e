package dev.nommu.romfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.HostFiles;
import dev.nommu.image.ImageOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Makes an image of a directory, byte for byte the same as that of {@code genromfs} 0.5.2 with the
 * same options and order of entries.
 *
 * <p>It differs in three points: {@link RomfsOptions#excludes} never leaves out "." and "..", and
 * names that Linux could not look up and devices that no image can hold are refused.
 *
 * <p>Stateless; may be called concurrently for different images.
 */
public final class RomfsWriter {
  private static final int CHECKSUM_AT = 12;
  private static final byte[] ZEROS = new byte[4096];

  private final RomfsOptions options;

  private RomfsWriter(RomfsOptions options) {
    this.options = options;
  }

  /**
   * Writes an image. Directory and image may be on any {@code java.nio.file} file systems. The
   * image is written to a file in the same directory whose name ends with {@code .part}, and
   * renamed when complete: a failure leaves the old image in place.
   *
   * <p>An empty file called {@code @name,type,major,minor} becomes a device or pipe (type b, c or
   * p), as with {@code genromfs}. Symbolic links are preserved; further names of a file become hard
   * links if the host identifies them as the same file. Executable bits are preserved if the host
   * has them.
   *
   * @param directory becomes the root of the image
   * @param image the file to write, replacing any existing one
   * @return the header of the image; its file is padded to a multiple of 1024 bytes
   * @throws ErrnoException ENOENT, ENOTDIR if the directory does not exist; ENAMETOOLONG, EFBIG,
   *     EINVAL for files that an image cannot hold; EIO if the host cannot be read or written
   */
  public static RomfsHeader write(Path directory, Path image, RomfsOptions options)
      throws ErrnoException {
    return write(directory, image, options, written -> {});
  }

  /**
   * Writes an image, as {@link #write(Path, Path, RomfsOptions)}.
   *
   * @param progress receives the number of bytes of the image written, after each file
   * @return the header of the image
   * @throws ErrnoException as for {@link #write(Path, Path, RomfsOptions)}
   */
  public static RomfsHeader write(
      Path directory, Path image, RomfsOptions options, LongConsumer progress)
      throws ErrnoException {
    ImagePlan plan = HostFiles.attempt("read " + directory, () -> ImagePlan.of(directory, options));
    try (ImageOutput output = ImageOutput.create(image, written -> {})) {
      RomfsWriter writer = new RomfsWriter(options);
      HostFiles.attempt(
          "write image %s of %s".formatted(image, directory),
          () -> writer.writeNodes(plan, output, progress));
      RomfsHeader header = writeChecksum(output, plan.size());
      output.finish();
      return header;
    }
  }

  /** Buffers small parts before writing them; returns the end of the image. */
  private long writeNodes(ImagePlan plan, ImageOutput output, LongConsumer progress)
      throws IOException {
    OutputStream out = new BufferedOutputStream(output.stream(), 1 << 16);
    out.write(volumeHeader(plan.size()));
    long position = RomfsFormat.headerSize(options.volumeBytes());
    for (PlannedNode node : plan.nodes()) {
      pad(out, position, node.offset());
      out.write(node.header());
      node.content().writeTo(out);
      position = node.end();
      progress.accept(position);
    }
    out.flush();
    output.padTo(RomfsFormat.align(plan.size(), RomfsFormat.BLOCK_SIZE));
    return output.end();
  }

  private static void pad(OutputStream out, long position, long end) throws IOException {
    for (long left = end - position; left > 0; left -= ZEROS.length) {
      out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
    }
  }

  private byte[] volumeHeader(long size) {
    ByteBuffer header = ByteBuffer.allocate((int) RomfsFormat.headerSize(options.volumeBytes()));
    header.putLong(RomfsFormat.MAGIC).putInt((int) size);
    header.put(RomfsFormat.HEADER_SIZE, options.volumeBytes());
    return header.array();
  }

  /** Reads back the first block, which may contain file data, to sum it up (rule ROMFS-11). */
  private static RomfsHeader writeChecksum(ImageOutput output, long size) throws ErrnoException {
    byte[] first = new byte[RomfsFormat.FIRST_BLOCK];
    output.written().read(MemorySegment.ofArray(first), 0);
    ByteBuffer words = ByteBuffer.wrap(first);
    int covered = (int) Math.min(size, RomfsFormat.FIRST_BLOCK);
    words.putInt(CHECKSUM_AT, -RomfsFormat.sum(words.slice(0, covered)));
    output.overwrite(CHECKSUM_AT, words.slice(CHECKSUM_AT, Integer.BYTES));
    return RomfsHeader.parse(words);
  }
}
