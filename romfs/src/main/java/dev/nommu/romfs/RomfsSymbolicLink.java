package dev.nommu.romfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SymbolicLink;

/** A symbolic link. */
record RomfsSymbolicLink(RomfsImage image, RomfsNode node) implements SymbolicLink {
  @Override
  public long number() {
    return node.offset();
  }

  @Override
  public Attributes attributes() {
    return RomfsFileSystem.attributes(node, node.size());
  }

  @Override
  public String target() throws ErrnoException {
    return image.linkTarget(node);
  }
}
