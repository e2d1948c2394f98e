package dev.nommu.kernel.signal;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.EnumSet;
import java.util.Set;

/** The options of {@code waitpid} that mean something here. */
public enum WaitOption {
  /** Do not wait. */
  WNOHANG(1),
  /** Tell also of children that stopped. */
  WUNTRACED(2),
  /** Tell also of children that go on after a stop. */
  WCONTINUED(8);

  /** __WNOTHREAD, __WALL and __WCLONE: all children are alike and all threads see them. */
  private static final int WITHOUT_EFFECT = 0xe000_0000;

  private final int bit;

  WaitOption(int bit) {
    this.bit = bit;
  }

  /**
   * Returns the options that bits stand for.
   *
   * @throws ErrnoException EINVAL for an unknown bit
   */
  public static Set<WaitOption> ofBits(int bits) throws ErrnoException {
    Set<WaitOption> options = EnumSet.noneOf(WaitOption.class);
    int left = bits & ~WITHOUT_EFFECT;
    for (WaitOption option : values()) {
      if ((left & option.bit) != 0) {
        options.add(option);
        left &= ~option.bit;
      }
    }
    if (left != 0) {
      throw new ErrnoException(
          Errno.EINVAL, "waitpid: no option has the bits 0x%x".formatted(left));
    }
    return options;
  }

  /** Returns the bit by which Linux knows it. */
  public int bit() {
    return bit;
  }
}
