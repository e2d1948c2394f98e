package dev.nommu.kernel.signal;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The supported options of {@code waitpid} and {@code waitid}. */
public enum WaitOption {
  /** Do not wait. */
  WNOHANG(1),
  /** Also report stopped children. */
  WUNTRACED(2),
  /** Report ended children: for {@code waitid}; {@code waitpid} always does. */
  WEXITED(4),
  /** Also report continued children. */
  WCONTINUED(8),
  /** Leave the child waitable: for {@code waitid}. */
  WNOWAIT(0x0100_0000);

  private static final Set<WaitOption> OF_WAITPID =
      Collections.unmodifiableSet(EnumSet.of(WNOHANG, WUNTRACED, WCONTINUED));

  /** __WNOTHREAD, __WALL and __WCLONE: all children are alike and all threads see them. */
  private static final int WITHOUT_EFFECT = 0xe000_0000;

  private final int bit;

  WaitOption(int bit) {
    this.bit = bit;
  }

  /**
   * Returns the options of {@code waitpid} in a bit mask.
   *
   * @throws ErrnoException EINVAL for a bit that is not an option of that call
   */
  public static Set<WaitOption> ofBits(int bits) throws ErrnoException {
    return ofBits("waitpid", OF_WAITPID, bits);
  }

  /**
   * Returns the options of {@code waitid} in a bit mask; WSTOPPED is WUNTRACED.
   *
   * @throws ErrnoException EINVAL for a bit that is not an option of that call, and without any of
   *     WEXITED, WSTOPPED and WCONTINUED
   */
  public static Set<WaitOption> ofWaitid(int bits) throws ErrnoException {
    Set<WaitOption> options = ofBits("waitid", EnumSet.allOf(WaitOption.class), bits);
    if (Collections.disjoint(options, EnumSet.of(WEXITED, WUNTRACED, WCONTINUED))) {
      throw new ErrnoException(
          Errno.EINVAL,
          "waitid: expected WEXITED, WSTOPPED or WCONTINUED, found 0x%x".formatted(bits));
    }
    return options;
  }

  private static Set<WaitOption> ofBits(String call, Set<WaitOption> known, int bits)
      throws ErrnoException {
    Set<WaitOption> options = EnumSet.noneOf(WaitOption.class);
    int left = bits & ~WITHOUT_EFFECT;
    for (WaitOption option : known) {
      if ((left & option.bit) != 0) {
        options.add(option);
        left &= ~option.bit;
      }
    }
    if (left != 0) {
      throw new ErrnoException(Errno.EINVAL, "%s: unknown options 0x%x".formatted(call, left));
    }
    return options;
  }

  /** Returns Linux's bit for it. */
  public int bit() {
    return bit;
  }
}
