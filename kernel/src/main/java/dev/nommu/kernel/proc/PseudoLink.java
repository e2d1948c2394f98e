package dev.nommu.kernel.proc;

import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SymbolicLink;
import java.lang.ScopedValue.CallableOp;

/**
 * A symbolic link whose target the kernel generates each time it is followed.
 *
 * @param number its inode number
 * @param to returns the target
 */
record PseudoLink(long number, CallableOp<String, ErrnoException> to) implements SymbolicLink {
  @Override
  public String target() throws ErrnoException {
    return to.call();
  }

  @Override
  public Attributes attributes() {
    return PseudoFile.attributes(0777).build();
  }
}
