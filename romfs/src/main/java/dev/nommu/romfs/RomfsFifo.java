package dev.nommu.romfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Fifo;

/** A named pipe. */
record RomfsFifo(RomfsNode node) implements Fifo {
  @Override
  public long number() {
    return node.offset();
  }

  @Override
  public Attributes attributes() {
    return RomfsFileSystem.attributes(node, 0);
  }
}
