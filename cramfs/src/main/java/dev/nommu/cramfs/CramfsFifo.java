package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Fifo;

/**
 * A named pipe of a mounted image.
 *
 * @param fileSystem the file system it is in
 * @param node the node
 */
record CramfsFifo(CramfsFileSystem fileSystem, CramfsNode node) implements Fifo {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return fileSystem.attributes(node);
  }
}
