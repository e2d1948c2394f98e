package dev.nommu.cramfs;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SymbolicLink;

/**
 * A symbolic link of a mounted image.
 *
 * @param fileSystem the file system it is in
 * @param node the link
 */
record CramfsSymbolicLink(CramfsFileSystem fileSystem, CramfsNode node) implements SymbolicLink {
  @Override
  public long number() {
    return node.number();
  }

  @Override
  public Attributes attributes() {
    return fileSystem.attributes(node);
  }

  @Override
  public String target() throws ErrnoException {
    return fileSystem.image().linkTarget(node);
  }
}
