package dev.nommu.kernel.fs;

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
  NOEXEC(8, "noexec");

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

  /** Returns the flags whose MS bits are set; other bits are ignored. */
  public static Set<MountFlag> ofBits(long bits) {
    Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
    for (MountFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return flags;
  }
}
