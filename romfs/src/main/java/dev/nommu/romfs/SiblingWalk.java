package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A walk along the nodes of one directory. It ends at offset 0 or at the end of the volume (rule
 * ROMFS-19), and fails at a node it has seen before. Not for concurrent use.
 */
final class SiblingWalk {
  private final NodeReader reader;
  private final Set<Long> seen = new HashSet<>();
  private long next;

  SiblingWalk(NodeReader reader, long first) {
    this.reader = reader;
    this.next = first;
  }

  /**
   * Returns the next node, or empty at the end. A call that failed can be repeated.
   *
   * @throws ErrnoException EIO if the node is malformed or comes twice
   */
  Optional<RomfsNode> next() throws ErrnoException {
    if (next == 0 || next >= reader.limit()) {
      return Optional.empty();
    }
    if (seen.contains(next)) {
      throw new ErrnoException(
          Errno.EIO,
          "bad romfs: expected each node of a directory once, found the one at 0x%x again"
              .formatted(next));
    }
    RomfsNode node = reader.node(next);
    seen.add(next);
    next = node.next();
    return Optional.of(node);
  }
}
