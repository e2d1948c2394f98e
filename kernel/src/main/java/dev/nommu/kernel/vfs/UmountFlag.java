package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.EnumSet;
import java.util.Set;

/** The flags of {@code umount2(2)} (rule OPT-06). */
public enum UmountFlag {
  /** MNT_FORCE: nothing in use is aborted, as no file system here waits for a server. */
  FORCE(1),
  /** MNT_DETACH: it leaves the tree at once and ends with its last user. */
  DETACH(2),
  /** MNT_EXPIRE: unmounts at the second call, if unused in between. */
  EXPIRE(4),
  /** UMOUNT_NOFOLLOW: the target is not followed if it is a symbolic link. */
  NOFOLLOW(8);

  private final int bit;

  UmountFlag(int bit) {
    this.bit = bit;
  }

  /**
   * Returns the flags whose bits are set.
   *
   * @throws ErrnoException EINVAL for any other bit
   */
  public static Set<UmountFlag> ofBits(int bits) throws ErrnoException {
    Set<UmountFlag> flags = EnumSet.noneOf(UmountFlag.class);
    int unknown = bits;
    for (UmountFlag flag : values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
        unknown &= ~flag.bit;
      }
    }
    if (unknown != 0) {
      throw ErrnoException.byRule(
          "OPT-06", Errno.EINVAL, "umount: there are no flags 0x%x".formatted(unknown));
    }
    return flags;
  }
}
