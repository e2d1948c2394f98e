package dev.nommu.romfs;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Asserts which errno a call fails with. */
final class Errnos {
  private Errnos() {}

  static ThrowableAssertAlternative<ErrnoException> assertFails(
      Errno errno, ThrowingCallable call) {
    return assertThatExceptionOfType(ErrnoException.class)
        .isThrownBy(call)
        .matches(failure -> failure.errno() == errno, "errno is " + errno);
  }
}
