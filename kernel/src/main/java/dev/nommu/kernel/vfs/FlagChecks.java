package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.OpenFlags;

/**
 * The operations that append-only and immutable inodes refuse to everyone (rules OWN-09 and
 * OWN-10).
 */
final class FlagChecks {
  private FlagChecks() {}

  /** Checks that an inode may be written, as {@code inode_permission} does; EPERM. */
  static void requireMutable(VfsPath path) throws ErrnoException {
    refuse(path, InodeFlag.IMMUTABLE);
  }

  /** Checks that attributes and names of an inode may change; EPERM. */
  static void requireUnflagged(VfsPath path) throws ErrnoException {
    refuse(path, InodeFlag.IMMUTABLE);
    refuse(path, InodeFlag.APPEND_ONLY);
  }

  /** Checks that existing bytes may be overwritten or truncated; EPERM. */
  static void requireRewritable(VfsPath path) throws ErrnoException {
    refuse(path, InodeFlag.APPEND_ONLY);
  }

  /** Checks that a file may be opened with these flags, as {@code may_open} does; EPERM. */
  static void requireOpenable(VfsPath path, OpenFlags flags) throws ErrnoException {
    boolean rewrites = flags.writes() && !flags.has(OpenFlags.O_APPEND);
    if (rewrites || flags.has(OpenFlags.O_TRUNC)) {
      requireRewritable(path);
    }
  }

  /** Returns the flags of an open file after {@code fcntl}; EPERM, EINVAL. */
  static OpenFlags changed(OpenFileDescription file, int bits) throws ErrnoException {
    OpenFlags changed = file.flags().changed(bits);
    if (changed.has(OpenFlags.O_APPEND) != file.flags().has(OpenFlags.O_APPEND)) {
      refuse(file.vfsPath(), InodeFlag.APPEND_ONLY);
    }
    if (changed.has(OpenFlags.O_DIRECT)) {
      DirectIo.requirePossible(file);
    }
    return changed;
  }

  private static String rule(InodeFlag flag) {
    return switch (flag) {
      case APPEND_ONLY -> "OWN-09";
      case IMMUTABLE -> "OWN-10";
    };
  }

  private static void refuse(VfsPath path, InodeFlag flag) throws ErrnoException {
    if (path.inode().has(flag)) {
      throw ErrnoException.byRule(rule(flag), Errno.EPERM, path + ": it is " + flag);
    }
  }
}
