package dev.nommu.romfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.Findings;
import dev.nommu.image.ImageText;
import dev.nommu.image.TreeEntry;
import java.nio.ByteBuffer;

/**
 * Checks one node by itself.
 *
 * @param reader the volume
 * @param findings receives the findings
 */
record NodeCheck(NodeReader reader, Findings findings) {
  private static final int LARGEST_MAJOR = 0xfff;

  /**
   * Checks an entry of a directory.
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  void check(TreeEntry<RomfsNode> entry, TreeEntry<RomfsNode> directory) throws ErrnoException {
    checkHeader(entry);
    checkName(entry);
    checkData(entry);
    switch (entry.node().name()) {
      case "." -> checkLinkTo(entry, directory.node());
      case ".." -> checkLinkTo(entry, directory.parent().orElse(directory).node());
      default -> checkSpec(entry);
    }
  }

  /**
   * Checks that header and padded name lie in the volume and sum up to 0 (rule ROMFS-15).
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  void checkHeader(TreeEntry<RomfsNode> entry) throws ErrnoException {
    RomfsNode node = entry.node();
    if (node.dataOffset() > reader.limit()) {
      String expected = "header and name to end at %s or before".formatted(hex(reader.limit()));
      add(node.offset(), entry, expected, hex(node.dataOffset()));
      return;
    }
    ByteBuffer header = reader.bytes(node.offset(), node.metadataSize());
    int sum = RomfsFormat.sum(header);
    if (sum != 0) {
      int found = header.getInt(12);
      String expected = "checksum %s of header and name".formatted(word(found - sum));
      add(node.offset() + 12, entry, expected, word(found));
    }
  }

  private void checkName(TreeEntry<RomfsNode> entry) {
    String name = entry.node().name();
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      String expected = "a name of 1 to 128 bytes without a slash";
      add(entry.node().offset(), entry, expected, "\"" + name + "\"");
    }
  }

  private void checkData(TreeEntry<RomfsNode> entry) {
    RomfsNode node = entry.node();
    if (node.end() > reader.limit()) {
      String expected = "data to end at %s or before".formatted(hex(reader.limit()));
      add(node.offset() + 8, entry, expected, hex(node.end()));
    }
    if (node.kind() == RomfsNode.Kind.SYMBOLIC_LINK
        && (node.size() < 1 || node.size() > ImageText.LONGEST_PATH)) {
      String expected = "a path of 1 to %d bytes".formatted(ImageText.LONGEST_PATH);
      add(node.offset() + 8, entry, expected, String.valueOf(node.size()));
    }
  }

  /** The root's "." is a directory, so it is not a hard link to itself. */
  private void checkLinkTo(TreeEntry<RomfsNode> entry, RomfsNode target) {
    RomfsNode node = entry.node();
    if (node.kind() != RomfsNode.Kind.HARD_LINK || node.target() != target.offset()) {
      String found = "%s %s".formatted(node.kind(), hex(node.target()));
      String expected = "HARD_LINK " + hex(target.offset());
      add(node.offset() + 4, entry, expected, found);
    }
  }

  private void checkSpec(TreeEntry<RomfsNode> entry) {
    RomfsNode node = entry.node();
    boolean isRight =
        switch (node.kind()) {
          case HARD_LINK, DIRECTORY -> (node.spec() & 15) == 0;
          case REGULAR, SYMBOLIC_LINK, SOCKET, FIFO -> node.spec() == 0;
          case BLOCK_DEVICE, CHARACTER_DEVICE -> node.major() <= LARGEST_MAJOR;
        };
    if (!isRight) {
      String expected = "the spec word of a %s".formatted(node.kind());
      add(node.offset() + 4, entry, expected, word(node.spec()));
    }
  }

  private void add(long offset, TreeEntry<RomfsNode> entry, String expected, String found) {
    findings.add(offset, entry.path(), expected, found);
  }

  /** Formats an offset for a finding. */
  static String hex(long offset) {
    return "0x%x".formatted(offset);
  }

  private static String word(int word) {
    return "0x%08x".formatted(word);
  }
}
