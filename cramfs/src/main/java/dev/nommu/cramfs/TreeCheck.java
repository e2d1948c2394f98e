package dev.nommu.cramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.image.Findings;
import dev.nommu.image.ImageText;
import dev.nommu.image.TreeEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks directories and the nodes in them. */
final class TreeCheck {
  private final ImageReader reader;
  private final CheckedRange range;
  private final CramfsSuperblock superblock;
  private final ContentCheck contents;
  private final Findings findings;
  private final Deque<TreeEntry<CramfsNode>> pending = new ArrayDeque<>();
  private final Set<Long> entered = new HashSet<>();
  private long directoryBytes;
  private long directoriesEnd;

  TreeCheck(
      ImageReader reader,
      CheckedRange range,
      CramfsSuperblock superblock,
      ContentCheck contents,
      Findings findings) {
    this.reader = reader;
    this.range = range;
    this.superblock = superblock;
    this.contents = contents;
    this.findings = findings;
  }

  /**
   * Checks the whole tree, in time and memory that grow only with the size of the image.
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  void check() throws ErrnoException {
    pending.push(TreeEntry.root(superblock.root()));
    while (!pending.isEmpty() && !findings.full()) {
      checkNode(pending.pop());
    }
    long firstTable = contents.firstTable().orElse(directoriesEnd);
    findings.require(
        directoriesEnd == firstTable,
        directoriesEnd,
        CramfsSuperblock.SUBJECT,
        "block pointers where the directories end",
        "the first at 0x%x".formatted(firstTable));
  }

  private void checkNode(TreeEntry<CramfsNode> entry) throws ErrnoException {
    Optional<FileKind> kind = entry.node().kind();
    if (kind.isEmpty()) {
      require(false, entry, "a kind of file", "mode 0%o".formatted(entry.node().mode()));
      return;
    }
    switch (kind.get()) {
      case DIRECTORY -> checkDirectory(entry);
      case REGULAR -> checkFile(entry);
      case SYMBOLIC_LINK -> checkLink(entry);
      case CHARACTER_DEVICE, BLOCK_DEVICE -> requireNoData(entry);
      case FIFO, SOCKET -> {
        requireNoData(entry);
        require(entry.node().size() == 0, entry, "size 0", "size " + entry.node().size());
      }
    }
  }

  private void checkFile(TreeEntry<CramfsNode> entry) throws ErrnoException {
    CramfsNode node = entry.node();
    require(
        (node.size() == 0) == (node.dataOffset() == 0),
        entry,
        "either size and offset or neither",
        sizeAndOffset(node));
    if (node.hasData()) {
      contents.check(entry);
    }
  }

  private void checkLink(TreeEntry<CramfsNode> entry) throws ErrnoException {
    CramfsNode node = entry.node();
    boolean right = node.hasData() && node.size() <= ImageText.LONGEST_PATH;
    require(
        right,
        entry,
        "a path of 1 to %d bytes and an offset".formatted(ImageText.LONGEST_PATH),
        sizeAndOffset(node));
    if (right) {
      contents.check(entry);
    }
  }

  private void requireNoData(TreeEntry<CramfsNode> entry) {
    long offset = entry.node().dataOffset();
    require(offset == 0, entry, "no offset", "0x%x".formatted(offset));
  }

  private void checkDirectory(TreeEntry<CramfsNode> directory) throws ErrnoException {
    CramfsNode node = directory.node();
    require(
        node.size() == 0 || node.dataOffset() != 0,
        directory,
        "an offset, as the directory is not empty",
        sizeAndOffset(node));
    if (!node.hasData()) {
      return;
    }
    directoryBytes += node.size();
    boolean inside = range.contains(node.dataOffset(), node.size());
    boolean apart = entered.add(node.dataOffset()) && directoryBytes <= range.length();
    require(inside, directory, "directory entries " + range, sizeAndOffset(node));
    require(apart, directory, "entries of its own", "those of other directories, or a loop");
    if (inside && apart) {
      directoriesEnd = Math.max(directoriesEnd, node.dataOffset() + node.size());
      checkEntries(directory);
    }
  }

  private void checkEntries(TreeEntry<CramfsNode> directory) throws ErrnoException {
    DirectoryTable table = DirectoryTable.read(reader, directory.node());
    NameCheck names = new NameCheck(directory, superblock, findings);
    while (table.hasNext() && !findings.full()) {
      if (!table.nextFits()) {
        findings.add(
            table.nextOffset(), directory.path(), DirectoryTable.FITTING, table.endOfDirectory());
        return;
      }
      DirectoryTable.Entry entry = table.next();
      names.check(entry);
      enter(directory, entry.node());
    }
  }

  private void enter(TreeEntry<CramfsNode> directory, CramfsNode child) {
    TreeEntry<CramfsNode> entry = directory.child(child.name(), child);
    if (!entry.hasTooLongAPath()) {
      pending.push(entry);
    } else {
      findings.add(
          child.offset(),
          directory.path(),
          "paths of at most %d characters".formatted(ImageText.LONGEST_PATH),
          "a longer one");
    }
  }

  private static String sizeAndOffset(CramfsNode node) {
    return "size %d, offset 0x%x".formatted(node.size(), node.dataOffset());
  }

  private void require(boolean right, TreeEntry<CramfsNode> entry, String expected, String found) {
    if (!right) {
      findings.add(offset(entry.node()), entry.path(), expected, found);
    }
  }

  private long offset(CramfsNode node) {
    return node.offset() == 0 ? superblock.rootAt() : node.offset();
  }
}
