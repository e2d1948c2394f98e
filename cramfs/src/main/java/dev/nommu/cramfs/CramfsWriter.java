package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.image.ImageOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes an image: superblock, directories, then the files, duplicates only once (rules CRAMFS-10
 * to CRAMFS-17, CRAMFS-23). The same files and options always yield the same bytes.
 */
public final class CramfsWriter {
  private static final long EDITION_LIMIT = 1L << 32;

  private final CramfsOptions options;
  private final List<SourceNode> nodes;
  private final List<SourceNode> compressed;
  private final List<SourceNode> inPlace;

  private CramfsWriter(CramfsOptions options, List<SourceNode> nodes) {
    this.options = options;
    this.nodes = nodes;
    List<SourceNode> contents = nodes.stream().filter(SourceNode::hasContent).toList();
    this.inPlace = contents.stream().filter(this::isInPlace).toList();
    this.compressed = contents.stream().filter(node -> !isInPlace(node)).toList();
  }

  /**
   * Writes an image. Its name has the suffix {@code .part} until it is complete; it then replaces
   * any existing file.
   *
   * @param directory a directory of any {@code java.nio.file} file system; symbolic links in it are
   *     not followed
   * @param image the file to write, which may be in another file system
   * @return the superblock of the image
   * @throws ErrnoException EINVAL if an option is out of range; ENOENT, ENOTDIR or EIO if a file
   *     cannot be read or written; EFBIG for a file of 16 MiB or more, or too many of them;
   *     ENAMETOOLONG for a name of more than 252 bytes; EOVERFLOW for an owner or device number
   *     with too many bits
   */
  public static CramfsSuperblock write(Path directory, Path image, CramfsOptions options)
      throws ErrnoException {
    return write(directory, image, options, written -> {});
  }

  /**
   * Writes an image, as {@link #write(Path, Path, CramfsOptions)}.
   *
   * @param progress repeatedly receives the number of bytes of the image written
   * @return the superblock of the image
   * @throws ErrnoException as for {@link #write(Path, Path, CramfsOptions)}
   */
  public static CramfsSuperblock write(
      Path directory, Path image, CramfsOptions options, LongConsumer progress)
      throws ErrnoException {
    requireSane(options);
    List<SourceNode> nodes = SourceTree.read(directory, options.owners());
    return new CramfsWriter(options, nodes).write(image, progress);
  }

  private CramfsSuperblock write(Path image, LongConsumer progress) throws ErrnoException {
    try (ImageOutput output = ImageOutput.create(image, progress);
        ContentWriter writer = new ContentWriter(options, output)) {
      output.padTo(placeDirectories());
      writer.writeCompressed(compressed);
      writer.writeInPlace(inPlace);
      output.padTo(CramfsFormat.align(output.end(), options.blockSize()));
      for (SourceNode node : nodes) {
        writeEntries(output, node);
      }
      CramfsSuperblock superblock = writeSuperblock(output, writer);
      output.finish();
      return superblock;
    }
  }

  private boolean isInPlace(SourceNode node) {
    Path relative = nodes.getFirst().path().relativize(node.path());
    return node.is(FileKind.REGULAR) && options.inPlace().matches(relative);
  }

  /** Places each directory, and returns the end of the last one. */
  private long placeDirectories() throws ErrnoException {
    long at = options.front().bytes() + CramfsSuperblock.BYTES;
    nodes.getFirst().place(at);
    for (SourceNode node : nodes) {
      if (!node.children().isEmpty()) {
        node.place(CramfsFormat.requireOffset(at));
        requireSize(node);
        at += node.size();
      }
    }
    return at;
  }

  private void writeEntries(ImageOutput output, SourceNode directory) throws ErrnoException {
    if (directory.children().isEmpty()) {
      return;
    }
    ByteBuffer entries = ByteBuffer.allocate(directory.size()).order(options.byteOrder());
    for (SourceNode child : directory.children()) {
      child.header().encode(entries);
      entries.put(child.name());
      entries.position(entries.position() + child.nameField() - child.name().length);
    }
    output.overwrite(directory.dataOffset(), entries.flip());
  }

  private CramfsSuperblock writeSuperblock(ImageOutput output, ContentWriter writer)
      throws ErrnoException {
    long start = options.front().bytes();
    output.overwrite(start, superblock(output, writer, 0).encode());
    long crc = ImageCrc.of(output.written(), start, output.end());
    CramfsSuperblock superblock = superblock(output, writer, crc);
    output.overwrite(start, superblock.encode());
    return superblock;
  }

  private CramfsSuperblock superblock(ImageOutput output, ContentWriter writer, long crc) {
    return new CramfsSuperblock(
        options.front().bytes(),
        options.byteOrder(),
        output.end(),
        flags(writer),
        CramfsSuperblock.SIGNATURE,
        new CramfsSuperblock.Fsid(crc, options.edition(), writer.blocks(), nodes.size()),
        options.volume(),
        new CramfsNode(0, nodes.getFirst().header(), ""));
  }

  private int flags(ContentWriter writer) {
    int flags = CramfsFlag.FSID_VERSION_2.bit() | CramfsFlag.SORTED_DIRS.bit();
    if (writer.holes() > 0) {
      flags |= CramfsFlag.HOLES.bit();
    }
    if (!inPlace.isEmpty()) {
      flags |= CramfsFlag.EXT_BLOCK_POINTERS.bit();
    }
    return flags;
  }

  private static void requireSize(SourceNode directory) throws ErrnoException {
    if (directory.size() >= CramfsFormat.SIZE_LIMIT) {
      throw new ErrnoException(
          Errno.EFBIG,
          "write cramfs: %s: expected less than 16777216 bytes of entries, found %d"
              .formatted(directory.path(), directory.size()));
    }
  }

  private static void requireSane(CramfsOptions options) throws ErrnoException {
    CramfsFormat.requireBlockSize(options.blockSize());
    int volume = options.volume().getBytes(StandardCharsets.UTF_8).length;
    if (volume > CramfsSuperblock.NAME_BYTES) {
      throw new ErrnoException(
          Errno.EINVAL,
          "write cramfs: volume name \"%s\": expected at most 16 bytes, found %d"
              .formatted(options.volume(), volume));
    }
    if (options.edition() < 0 || options.edition() >= EDITION_LIMIT) {
      throw new ErrnoException(
          Errno.EINVAL,
          "write cramfs: edition: expected 0 to 4294967295, found " + options.edition());
    }
  }
}
