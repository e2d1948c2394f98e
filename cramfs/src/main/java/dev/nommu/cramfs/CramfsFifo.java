package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Fifo;

/**
 * A named pipe of a mounted image.
 *
 * @param node the node
 */
record CramfsFifo(CramfsNode node) implements Fifo {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return new NodeFacts(node).attributes();
  }
}
