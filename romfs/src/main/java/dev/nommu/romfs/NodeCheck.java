package dev.nommu.romfs;

import static dev.nommu.romfs.Findings.hex;

import dev.nommu.api.ErrnoException;
import dev.nommu.romfs.RomfsFinding.Problem;
import java.nio.ByteBuffer;

/**
 * Checks one node by itself.
 *
 * @param reader the volume
 * @param findings where it is noted
 */
record NodeCheck(NodeReader reader, Findings findings) {
  private static final int LARGEST_MAJOR = 0xfff;

  /**
   * Checks a node that a directory holds.
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  void check(RomfsEntry entry, RomfsEntry directory) throws ErrnoException {
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
   * Checks that header and padded name are there and sum up to 0 (rule ROMFS-15).
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  void checkHeader(RomfsEntry entry) throws ErrnoException {
    RomfsNode node = entry.node();
    if (node.dataOffset() > reader.limit()) {
      String expected = "header and name to end at %s or before".formatted(hex(reader.limit()));
      findings.add(Problem.SIZE, node.offset(), entry, expected, hex(node.dataOffset()));
      return;
    }
    ByteBuffer header = reader.bytes(node.offset(), node.metadataSize());
    int sum = RomfsFormat.sum(header);
    if (sum != 0) {
      int found = header.getInt(12);
      String expected = Findings.word(found - sum);
      findings.add(
          Problem.NODE_CHECKSUM, node.offset() + 12, entry, expected, Findings.word(found));
    }
  }

  private void checkName(RomfsEntry entry) {
    String name = entry.node().name();
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      String expected = "1 to 128 bytes without a slash";
      findings.add(Problem.NAME, entry.node().offset(), entry, expected, "\"" + name + "\"");
    }
  }

  private void checkData(RomfsEntry entry) {
    RomfsNode node = entry.node();
    if (node.end() > reader.limit()) {
      String expected = "data to end at %s or before".formatted(hex(reader.limit()));
      findings.add(Problem.SIZE, node.offset() + 8, entry, expected, hex(node.end()));
    }
    if (node.kind() == RomfsNode.Kind.SYMBOLIC_LINK
        && (node.size() < 1 || node.size() > RomfsFormat.TARGET_LENGTH)) {
      String expected = "a path of 1 to %d bytes".formatted(RomfsFormat.TARGET_LENGTH);
      findings.add(Problem.SIZE, node.offset() + 8, entry, expected, String.valueOf(node.size()));
    }
  }

  /** The root's own "." is a directory, which is why it is no hard link to itself. */
  private void checkLinkTo(RomfsEntry entry, RomfsNode target) {
    RomfsNode node = entry.node();
    if (node.kind() != RomfsNode.Kind.HARD_LINK || node.target() != target.offset()) {
      String found = "%s %s".formatted(node.kind(), hex(node.target()));
      String expected = "HARD_LINK " + hex(target.offset());
      findings.add(Problem.SPEC, node.offset() + 4, entry, expected, found);
    }
  }

  private void checkSpec(RomfsEntry entry) {
    RomfsNode node = entry.node();
    boolean isRight =
        switch (node.kind()) {
          case HARD_LINK, DIRECTORY -> (node.spec() & 15) == 0;
          case REGULAR, SYMBOLIC_LINK, SOCKET, FIFO -> node.spec() == 0;
          case BLOCK_DEVICE, CHARACTER_DEVICE -> node.major() <= LARGEST_MAJOR;
        };
    if (!isRight) {
      String expected = "what a %s has".formatted(node.kind());
      findings.add(Problem.SPEC, node.offset() + 4, entry, expected, Findings.word(node.spec()));
    }
  }
}
