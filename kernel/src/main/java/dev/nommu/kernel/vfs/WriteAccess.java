package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * Who has a regular file open for writing and who executes it, as {@code i_writecount}: never both
 * (rule EXEC-12). Thread-safe.
 */
final class WriteAccess {
  /** Writers, or less than 0 for those who execute it. */
  @GuardedBy("this")
  private int count;

  /** Counts somebody who opens it for writing; ETXTBSY while it is executed. */
  synchronized void get(VfsPath path) throws ErrnoException {
    if (count < 0) {
      throw ErrnoException.byRule(
          "EXEC-12", Errno.ETXTBSY, "open " + path + " for writing: it is being executed");
    }
    count++;
  }

  /** Ends {@link #get}. */
  synchronized void put() {
    count--;
  }

  /** Counts somebody who executes it; ETXTBSY while it is open for writing. */
  synchronized void deny(VfsPath path) throws ErrnoException {
    if (count > 0) {
      throw ErrnoException.byRule(
          "EXEC-12", Errno.ETXTBSY, "execve " + path + ": it is open for writing");
    }
    count--;
  }

  /** Ends {@link #deny}. */
  synchronized void allow() {
    count++;
  }
}
