package dev.nommu.romfs;

import static dev.nommu.romfs.NodeCheck.hex;

import dev.nommu.api.ErrnoException;
import dev.nommu.image.Findings;
import dev.nommu.image.TreeEntry;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks the tree of an image and collects the findings. For one check, on one thread. */
final class TreeCheck {
  private final NodeReader reader;
  private final Findings findings;
  private final NodeCheck nodeCheck;
  private final Map<Long, TreeEntry<RomfsNode>> seen = new LinkedHashMap<>();
  private final Deque<TreeEntry<RomfsNode>> pending = new ArrayDeque<>();

  TreeCheck(NodeReader reader, Findings findings) {
    this.reader = reader;
    this.findings = findings;
    this.nodeCheck = new NodeCheck(reader, findings);
  }

  /**
   * Checks all reachable nodes.
   *
   * @throws ErrnoException EIO if the source cannot be read
   */
  void check(long rootOffset) throws ErrnoException {
    checkRoot(rootOffset);
    while (!pending.isEmpty()) {
      checkDirectory(pending.pop());
    }
    for (TreeEntry<RomfsNode> entry : seen.values()) {
      checkLinks(entry);
    }
    checkOverlaps();
  }

  private void checkRoot(long rootOffset) throws ErrnoException {
    Optional<RomfsNode> node =
        holdsNode(rootOffset)
            ? NodeReader.parse(reader.nodeBytes(rootOffset), rootOffset)
            : Optional.empty();
    if (node.isEmpty() || node.get().kind() != RomfsNode.Kind.DIRECTORY) {
      String found = node.map(other -> other.kind().toString()).orElse("no node");
      findings.add(rootOffset, "/", "the root directory", found);
      return;
    }
    TreeEntry<RomfsNode> root = TreeEntry.root(node.get());
    seen.put(rootOffset, root);
    nodeCheck.checkHeader(root);
    pending.push(root);
  }

  private void checkDirectory(TreeEntry<RomfsNode> directory) throws ErrnoException {
    Set<String> names = new HashSet<>();
    Optional<TreeEntry<RomfsNode>> at = entryAt(NodeReader.first(directory), directory, directory);
    while (at.isPresent()) {
      TreeEntry<RomfsNode> entry = at.get();
      check(entry, directory, names);
      at = entryAt(entry.node().next(), entry, directory);
    }
  }

  private void check(TreeEntry<RomfsNode> entry, TreeEntry<RomfsNode> directory, Set<String> names)
      throws ErrnoException {
    RomfsNode node = entry.node();
    seen.put(node.offset(), entry);
    nodeCheck.check(entry, directory);
    if (!names.add(node.name())) {
      String found = "\"" + node.name() + "\" again";
      findings.add(node.offset(), entry.path(), "each name once in a directory", found);
    }
    if (node.kind() == RomfsNode.Kind.DIRECTORY) {
      pending.push(entry);
    }
  }

  /** Returns the node that another one refers to, or empty if the chain ends or is broken. */
  private Optional<TreeEntry<RomfsNode>> entryAt(
      long offset, TreeEntry<RomfsNode> from, TreeEntry<RomfsNode> directory)
      throws ErrnoException {
    if (offset == 0) {
      return Optional.empty();
    }
    if (!holdsNode(offset)) {
      String expected = "0 or the offset of a node below " + hex(reader.limit());
      findings.add(from.node().offset(), from.path(), expected, hex(offset));
      return Optional.empty();
    }
    if (seen.containsKey(offset)) {
      findings.add(
          from.node().offset(), from.path(), "a node not met before", hex(offset) + " again");
      return Optional.empty();
    }
    return read(offset, directory);
  }

  private Optional<TreeEntry<RomfsNode>> read(long offset, TreeEntry<RomfsNode> directory)
      throws ErrnoException {
    ByteBuffer bytes = reader.nodeBytes(offset);
    Optional<RomfsNode> node = NodeReader.parse(bytes, offset);
    if (node.isEmpty()) {
      String found = "%d bytes without one".formatted(bytes.limit() - RomfsFormat.HEADER_SIZE);
      findings.add(offset, directory.path(), "a name of 128 bytes or less and a NUL", found);
    }
    return node.map(found -> directory.child(found.name(), found));
  }

  private boolean holdsNode(long offset) {
    return offset + RomfsFormat.HEADER_SIZE < reader.limit();
  }

  private void checkLinks(TreeEntry<RomfsNode> link) {
    RomfsNode node = link.node();
    for (int links = 0; node.kind() == RomfsNode.Kind.HARD_LINK; links++) {
      if (!seen.containsKey(node.target())) {
        String expected = "a link to the offset of a node of the tree";
        findings.add(node.offset(), link.path(), expected, hex(node.target()));
        return;
      }
      if (links == RomfsFormat.HARD_LINKS) {
        String expected = "%d hard links or less".formatted(RomfsFormat.HARD_LINKS);
        findings.add(link.node().offset(), link.path(), expected, "more");
        return;
      }
      node = seen.get(node.target()).node();
    }
  }

  private void checkOverlaps() {
    List<TreeEntry<RomfsNode>> ordered =
        seen.values().stream()
            .sorted(Comparator.comparingLong(entry -> entry.node().offset()))
            .toList();
    long end = 0;
    for (TreeEntry<RomfsNode> entry : ordered) {
      long offset = entry.node().offset();
      if (offset < end) {
        String expected = "an offset of %s or more, where an earlier node ends".formatted(hex(end));
        findings.add(offset, entry.path(), expected, hex(offset));
      }
      end = Math.max(end, entry.node().end());
    }
  }
}
