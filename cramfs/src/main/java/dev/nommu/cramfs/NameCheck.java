package dev.nommu.cramfs;

import dev.nommu.image.Findings;
import dev.nommu.image.TreeEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Checks the names of one directory, in their order. */
final class NameCheck {
  private static final int LONGEST_PADDING = 3;

  private final TreeEntry<CramfsNode> directory;
  private final CramfsSuperblock superblock;
  private final Findings findings;
  private final Set<ByteBuffer> seen = new HashSet<>();
  private byte[] previous = {};

  NameCheck(TreeEntry<CramfsNode> directory, CramfsSuperblock superblock, Findings findings) {
    this.directory = directory;
    this.superblock = superblock;
    this.findings = findings;
  }

  /** Checks the next name. */
  void check(DirectoryTable.Entry entry) {
    String name = entry.node().name();
    int padding = entry.nameField().limit() - entry.nameBytes().limit();
    require(
        !CramfsImage.isBadName(name),
        entry,
        "a name",
        "\"%s\"".formatted(name.replace("\0", "\\0")));
    require(
        padding <= LONGEST_PADDING,
        entry,
        "a name padded with 0 to %d zeros".formatted(LONGEST_PADDING),
        padding + " zeros");
    require(
        seen.add(entry.nameBytes()), entry, "a name for each entry", "the second \"" + name + "\"");
    checkOrder(entry);
  }

  private void checkOrder(DirectoryTable.Entry entry) {
    byte[] name = new byte[entry.nameBytes().limit()];
    entry.nameBytes().get(0, name);
    require(
        !superblock.has(CramfsFlag.SORTED_DIRS) || Arrays.compareUnsigned(previous, name) <= 0,
        entry,
        "names in order, as the flag SORTED_DIRS is set",
        "\"%s\" after a greater one".formatted(entry.node().name()));
    previous = name;
  }

  private void require(boolean right, DirectoryTable.Entry entry, String expected, String found) {
    if (!right) {
      findings.add(entry.node().offset(), directory.path(), expected, found);
    }
  }
}
