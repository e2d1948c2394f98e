package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SymbolicLink;

/**
 * A symbolic link whose target the kernel makes each time it is followed.
 *
 * @param number its inode number
 * @param to makes the target
 */
record PseudoLink(long number, Target to) implements SymbolicLink {
  /** Makes the target of a link. */
  @FunctionalInterface
  interface Target {
    /** Returns a path. */
    String path() throws ErrnoException;
  }

  @Override
  public String target() throws ErrnoException {
    return to.path();
  }

  @Override
  public Attributes attributes() {
    return PseudoFile.attributes(0777).build();
  }
}
