package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Socket;

/**
 * A socket of a mounted image.
 *
 * @param node the node
 */
record CramfsSocket(CramfsNode node) implements Socket {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return new NodeFacts(node).attributes();
  }
}
