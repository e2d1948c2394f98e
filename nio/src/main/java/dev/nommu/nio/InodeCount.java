package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import java.lang.ScopedValue.CallableOp;

/** The number of inodes of one file system that have names. Guarded by itself. */
final class InodeCount {
  private final Quota quota;
  private long named;

  InodeCount(Quota quota) {
    this.quota = quota;
  }

  /** Returns the limits. */
  Quota quota() {
    return quota;
  }

  /** Makes a change that names one more inode; fails with ENOSPC or as the change does. */
  synchronized <T> T naming(String name, CallableOp<T, ErrnoException> change)
      throws ErrnoException {
    quota.takeInode(name);
    named++;
    boolean done = false;
    try {
      T made = change.call();
      done = true;
      return made;
    } finally {
      if (!done) {
        unnamed(1);
      }
    }
  }

  private void unnamed(long fewer) {
    named -= fewer;
    quota.giveInodes(fewer);
  }

  /** Makes a change that may take the last name of an inode. */
  synchronized void unnaming(CallableOp<Boolean, ErrnoException> change) throws ErrnoException {
    if (change.call()) {
      unnamed(1);
    }
  }

  /** Reports that the file system is gone. */
  synchronized void close() {
    unnamed(named);
  }
}
