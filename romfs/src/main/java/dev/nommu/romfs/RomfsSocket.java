package dev.nommu.romfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Socket;

/** A socket. */
record RomfsSocket(RomfsNode node) implements Socket {
  @Override
  public long number() {
    return node.offset();
  }

  @Override
  public Attributes attributes() {
    return RomfsFileSystem.attributes(node, 0);
  }
}
