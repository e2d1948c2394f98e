package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import java.nio.ByteBuffer;

/** A walk along the entries of a directory, as stored in the image (rule CRAMFS-15). */
final class DirectoryTable {
  /** The expectation of every entry. */
  static final String FITTING = "an entry that ends in its directory";

  private final CramfsNode directory;
  private final ByteBuffer bytes;
  private int at;

  /**
   * An entry.
   *
   * @param node the node
   * @param nameField the bytes of the name and its padding
   * @param nameBytes the bytes of the name
   */
  record Entry(CramfsNode node, ByteBuffer nameField, ByteBuffer nameBytes) {}

  private DirectoryTable(CramfsNode directory, ByteBuffer bytes) {
    this.directory = directory;
    this.bytes = bytes;
  }

  /**
   * Reads all entries of a directory at once.
   *
   * @throws ErrnoException EIO if they do not lie in the image or cannot be read
   */
  static DirectoryTable read(ImageReader reader, CramfsNode directory) throws ErrnoException {
    int length = directory.hasData() ? directory.size() : 0;
    ByteBuffer bytes = reader.bytes(directory.dataOffset(), length, "directory " + directory);
    return new DirectoryTable(directory, bytes);
  }

  /**
   * Continues at another position.
   *
   * @param position bytes from the start of the directory
   * @throws ErrnoException EINVAL if it is not a multiple of 4, the alignment of entries
   */
  void moveTo(long position) throws ErrnoException {
    if (position % Integer.BYTES != 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "directory %s: expected a position that is a multiple of 4, found %d"
              .formatted(directory, position));
    }
    at = (int) Math.min(position, bytes.limit());
  }

  /** Returns the offset of the next entry from the start of the directory. */
  long position() {
    return at;
  }

  /** Returns whether there are more entries. */
  boolean hasNext() {
    return at < bytes.limit();
  }

  /** Returns the offset of the next entry in the image. */
  long nextOffset() {
    return directory.dataOffset() + at;
  }

  /** Returns whether the next entry lies wholly in the directory. */
  boolean nextFits() {
    int left = bytes.limit() - at;
    return left >= NodeHeader.BYTES
        && left >= NodeHeader.BYTES + NodeHeader.decode(bytes, at).nameLength();
  }

  /**
   * Returns the next entry.
   *
   * @throws ErrnoException EIO if it does not fit into the directory
   */
  Entry next() throws ErrnoException {
    if (!nextFits()) {
      throw CramfsFormat.malformed(
          "directory entry at 0x%x".formatted(nextOffset()), FITTING, endOfDirectory());
    }
    NodeHeader header = NodeHeader.decode(bytes, at);
    ByteBuffer field = bytes.slice(at + NodeHeader.BYTES, header.nameLength());
    ByteBuffer name = CramfsFormat.withoutPadding(field);
    CramfsNode node = new CramfsNode(nextOffset(), header, FileNames.decode(name));
    at += NodeHeader.BYTES + header.nameLength();
    return new Entry(node, field, name);
  }

  /** Describes the end of the directory, for messages. */
  String endOfDirectory() {
    return "the end of directory %s at 0x%x"
        .formatted(directory, directory.dataOffset() + bytes.limit());
  }
}
