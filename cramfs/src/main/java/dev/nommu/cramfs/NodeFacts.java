package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.time.Instant;

/**
 * What the inodes of all kinds say of themselves.
 *
 * @param node the node of the inode
 */
record NodeFacts(CramfsNode node) {
  private static final int SECTOR = 512;

  /** Returns the attributes: no times, one link (rules CRAMFS-14 and CRAMFS-23). */
  Attributes attributes() {
    long size = node.hasData() ? node.size() : 0;
    long blocks = (size + SECTOR - 1) / SECTOR;
    return new Attributes(
        node.permissions(), node.uid(), node.gid(), 1, size, blocks, Instant.EPOCH);
  }

  /** Returns the error of every attempt to change something: EROFS. */
  ErrnoException readOnly(String operation) {
    return new ErrnoException(
        Errno.EROFS, operation + ": " + node + " is in a cramfs, which is read only");
  }
}
