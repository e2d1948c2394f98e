package dev.nommu.kernel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/** Says with which error a call fails. */
public final class Errnos {
  private Errnos() {}

  /** A call that is expected to fail. */
  @FunctionalInterface
  public interface Call {
    /** Makes the call. */
    void make() throws ErrnoException;
  }

  /** Returns the failure of a call that must fail. */
  public static ErrnoException failureOf(Call call) {
    try {
      call.make();
    } catch (ErrnoException failure) {
      return failure;
    }
    return fail("the call succeeded");
  }

  /** Asserts the error of a call. */
  public static void assertErrno(Errno expected, Call call) {
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(expected);
  }

  /** Asserts the error of a call and that its message names a rule. */
  public static void assertErrno(Errno expected, String rule, Call call) {
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(expected);
    assertThat(failure).hasMessageContaining("[" + rule + "]");
  }
}
