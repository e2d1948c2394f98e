package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Optional;

/**
 * A walk along the nodes of one directory. It ends at offset 0 or at the end of the volume (rule
 * ROMFS-19), and fails on an endless chain. Not for concurrent use.
 */
final class SiblingWalk {
  private final NodeReader reader;
  private long next;
  private long steps;
  private long milestone;

  SiblingWalk(NodeReader reader, long first) {
    this.reader = reader;
    this.next = first;
  }

  /**
   * Returns the next node, or empty at the end. A cycle is detected within two rounds, by Brent's
   * algorithm: after every 2^n steps the position is stored.
   *
   * @throws ErrnoException EIO if the node is malformed or the chain is endless
   */
  Optional<RomfsNode> next() throws ErrnoException {
    if (next == 0 || next >= reader.limit()) {
      return Optional.empty();
    }
    if (next == milestone) {
      throw new ErrnoException(
          Errno.EIO,
          "bad romfs: expected each node of a directory once, found the one at 0x%x again"
              .formatted(next));
    }
    steps++;
    if (Long.bitCount(steps) == 1) {
      milestone = next;
    }
    RomfsNode node = reader.node(next);
    next = node.next();
    return Optional.of(node);
  }
}
