package dev.nommu.kernel.fs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.EnumSet;
import java.util.Set;

/** The flags of {@code mount(2)} that this kernel heeds. */
public enum MountFlag {
  /** MS_RDONLY: opening for writing and changing the tree fail with EROFS. */
  READ_ONLY(1, "ro"),
  /** MS_SYNCHRONOUS: what is written is kept when the write returns, as with fsync. */
  SYNCHRONOUS(16, "sync"),
  /** MS_DIRSYNC: kept and shown; names change at once here. */
  DIRSYNC(128, "dirsync"),
  /** MS_MANDLOCK: kept and shown; Linux has no mandatory locks any more. */
  MANDLOCK(64, "mand"),
  /** MS_LAZYTIME: kept and shown. */
  LAZYTIME(1 << 25, "lazytime"),
  /** MS_NOSUID: kept and shown; there is no set-user-ID execution. */
  NOSUID(2, "nosuid"),
  /** MS_NODEV: opening a device node fails with EACCES. */
  NODEV(4, "nodev"),
  /** MS_NOEXEC: mapping with PROT_EXEC fails with EPERM (rule MMAP-21a). */
  NOEXEC(8, "noexec"),
  /** MS_NOATIME: kept and shown; reading changes no times. */
  NOATIME(1 << 10, "noatime"),
  /** MS_NODIRATIME: kept and shown; reading changes no times. */
  NODIRATIME(1 << 11, "nodiratime"),
  /** MS_STRICTATIME: kept, and with it {@code relatime} is not shown. */
  STRICTATIME(1 << 24, "strictatime");

  /** MS_NOSYMFOLLOW, MS_BIND, MS_MOVE, and the kinds of propagation. */
  private static final long NOT_MODELLED = 0x100 | 0x1000 | 0x2000 | 0x1e0000;

  private static final long REMOUNT = 0x20;

  private final int bit;
  private final String option;

  MountFlag(int bit, String option) {
    this.bit = bit;
    this.option = option;
  }

  /** Returns the word for it in /proc/mounts. */
  public String option() {
    return option;
  }

  /** Returns whether MS_REMOUNT is set. */
  public static boolean isRemount(long bits) {
    return (bits & REMOUNT) != 0;
  }

  /**
   * Returns the flags whose MS bits are set; bits without a meaning are ignored, as Linux does.
   *
   * @throws ErrnoException EINVAL for a flag that asks for something else than a mount here, such
   *     as MS_BIND or MS_MOVE (rule OPT-03)
   */
  public static Set<MountFlag> ofBits(long bits) throws ErrnoException {
    if ((bits & NOT_MODELLED) != 0) {
      throw ErrnoException.byRule(
          "OPT-03",
          Errno.EINVAL,
          "mount: flags 0x%x: there are no bind mounts, no moving and no propagation"
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
