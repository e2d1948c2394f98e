package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Socket;

/**
 * A socket of a mounted image.
 *
 * @param fileSystem the file system it is in
 * @param node the node
 */
record CramfsSocket(CramfsFileSystem fileSystem, CramfsNode node) implements Socket {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return fileSystem.attributes(node);
  }
}
