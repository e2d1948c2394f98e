package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.image.HostFiles;
import dev.nommu.image.ImageOutput;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Writes the bytes of files and links after the directories, duplicates only once. */
final class ContentWriter implements AutoCloseable {
  private final CramfsOptions options;
  private final ImageOutput output;
  private final BlockPacker packer;
  private long blocks;

  ContentWriter(CramfsOptions options, ImageOutput output) {
    this.options = options;
    this.output = output;
    this.packer = new BlockPacker(options);
  }

  /**
   * Writes the compressed files.
   *
   * @throws ErrnoException EIO if a file cannot be read or its length has changed, EFBIG if the
   *     image is too large
   */
  void writeCompressed(List<SourceNode> nodes) throws ErrnoException {
    Originals originals = new Originals();
    for (SourceNode node : nodes) {
      byte[] content = content(node);
      if (originals.add(node, content)) {
        reserve(node);
        output.append(packer.pack(content, node.dataOffset()));
      }
    }
  }

  /**
   * Writes the files to be mapped in place: all pointers, then the files, each starting at a page
   * boundary and followed by zeros.
   *
   * @throws ErrnoException EIO, EFBIG as for {@link #writeCompressed}
   */
  void writeInPlace(List<SourceNode> nodes) throws ErrnoException {
    Originals originals = new Originals();
    List<SourceNode> written = new ArrayList<>();
    for (SourceNode node : nodes) {
      if (originals.add(node, content(node))) {
        reserve(node);
        output.padTo(output.end() + (long) blocks(node) * BlockTable.POINTER_BYTES);
        written.add(node);
      }
    }
    for (SourceNode node : written) {
      output.padTo(CramfsFormat.align(output.end(), options.blockSize()));
      CramfsFormat.requireImageSize(output.end() + node.size());
      output.overwrite(node.dataOffset(), directPointers(node, output.end()));
      output.append(ByteBuffer.wrap(content(node)));
    }
  }

  /** Returns the number of blocks of the written files. */
  long blocks() {
    return blocks;
  }

  /** Returns the number of blocks omitted because they are zeros. */
  long holes() {
    return packer.holes();
  }

  /** Releases memory outside the heap. */
  @Override
  public void close() {
    packer.close();
  }

  /** Places a node at the end of the output. */
  private void reserve(SourceNode node) throws ErrnoException {
    output.padTo(CramfsFormat.align(output.end(), CramfsFormat.UNIT));
    node.place(CramfsFormat.requireOffset(output.end()));
    blocks += blocks(node);
  }

  private ByteBuffer directPointers(SourceNode node, long start) {
    int count = blocks(node);
    ByteBuffer pointers =
        ByteBuffer.allocate(count * BlockTable.POINTER_BYTES).order(options.byteOrder());
    for (int i = 0; i < count; i++) {
      long block = start + (long) i * options.blockSize();
      int address = (int) (block >> BlockTable.DIRECT_SHIFT);
      pointers.putInt(BlockTable.UNCOMPRESSED | BlockTable.DIRECT | address);
    }
    return pointers.flip();
  }

  private int blocks(SourceNode node) {
    return CramfsFormat.blocks(node.size(), options.blockSize());
  }

  private static byte[] content(SourceNode node) throws ErrnoException {
    byte[] content =
        node.is(FileKind.SYMBOLIC_LINK)
            ? HostFiles.target(node.path())
            : HostFiles.attempt("read " + node.path(), () -> Files.readAllBytes(node.path()));
    if (content.length != node.size()) {
      throw new ErrnoException(
          Errno.EIO,
          "read %s: expected %d bytes as before, found %d"
              .formatted(node.path(), node.size(), content.length));
    }
    return content;
  }
}
