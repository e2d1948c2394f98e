package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Owner;

/**
 * What the inodes of all kinds say of themselves.
 *
 * @param node the node of the inode
 */
record NodeFacts(CramfsNode node) {
  /** Returns the attributes: no times, one link (rules CRAMFS-14 and CRAMFS-23). */
  Attributes attributes() {
    return Attributes.builder(node.permissions())
        .owner(new Owner(node.uid(), node.gid()))
        .size(node.hasData() ? node.size() : 0)
        .build();
  }
}
