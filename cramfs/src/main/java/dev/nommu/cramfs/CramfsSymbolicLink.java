package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SymbolicLink;

/**
 * A symbolic link of a mounted image.
 *
 * @param image the image
 * @param node the link
 */
record CramfsSymbolicLink(CramfsImage image, CramfsNode node) implements SymbolicLink {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return new NodeFacts(node).attributes();
  }

  @Override
  public String target() throws ErrnoException {
    return image.linkTarget(node);
  }
}
