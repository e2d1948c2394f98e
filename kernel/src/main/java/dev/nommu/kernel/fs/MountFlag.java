package dev.nommu.kernel.fs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.EnumSet;
import java.util.Set;

/** The flags of {@code mount(2)} that this kernel supports. */
public enum MountFlag {
  /** MS_RDONLY: opening for writing and modifying the tree fail with EROFS. */
  READ_ONLY(1, "ro"),
  /** MS_SYNCHRONOUS: data is durable when the write returns, as after fsync. */
  SYNCHRONOUS(16, "sync"),
  /** MS_DIRSYNC: stored and shown; names always change at once. */
  DIRSYNC(128, "dirsync"),
  /** MS_MANDLOCK: stored and shown; Linux no longer has mandatory locks. */
  MANDLOCK(64, "mand"),
  /** MS_LAZYTIME: stored and shown. */
  LAZYTIME(1 << 25, "lazytime"),
  /** MS_NOSUID: stored and shown; there is no set-user-ID execution. */
  NOSUID(2, "nosuid"),
  /** MS_NODEV: opening a device node fails with EACCES. */
  NODEV(4, "nodev"),
  /** MS_NOEXEC: mapping with PROT_EXEC fails with EPERM (rule MMAP-21a). */
  NOEXEC(8, "noexec"),
  /** MS_NOATIME: stored and shown; reading changes no times. */
  NOATIME(1 << 10, "noatime"),
  /** MS_NODIRATIME: stored and shown; reading changes no times. */
  NODIRATIME(1 << 11, "nodiratime"),
  /** MS_STRICTATIME: stored; {@code relatime} is then not shown. */
  STRICTATIME(1 << 24, "strictatime");

  /** MS_NOSYMFOLLOW, MS_BIND, MS_MOVE, and the propagation types. */
  private static final long NOT_MODELLED = 0x100 | 0x1000 | 0x2000 | 0x1e0000;

  private static final long REMOUNT = 0x20;

  private final int bit;
  private final String option;

  MountFlag(int bit, String option) {
    this.bit = bit;
    this.option = option;
  }

  /** Returns its name in /proc/mounts. */
  public String option() {
    return option;
  }

  /** Returns whether MS_REMOUNT is set. */
  public static boolean isRemount(long bits) {
    return (bits & REMOUNT) != 0;
  }

  /**
   * Returns the flags whose MS bits are set; unknown bits are ignored, as in Linux.
   *
   * @throws ErrnoException EINVAL for a flag that requests something other than a mount, such as
   *     MS_BIND or MS_MOVE (rule OPT-03)
   */
  public static Set<MountFlag> ofBits(long bits) throws ErrnoException {
    if ((bits & NOT_MODELLED) != 0) {
      throw ErrnoException.byRule(
          "OPT-03",
          Errno.EINVAL,
          "mount: flags 0x%x: bind mounts, MS_MOVE and propagation are not supported"
              .formatted(bits & NOT_MODELLED));
    }
    Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
    for (MountFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return flags;
  }
}
