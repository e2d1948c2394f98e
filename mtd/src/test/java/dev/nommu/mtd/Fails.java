package dev.nommu.mtd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a call fails as Linux does. */
final class Fails {
  private Fails() {}

  /** Asserts that a call throws an {@link ErrnoException} of this number. */
  static void with(Errno errno, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(ErrnoException.class);
    assertThat(((ErrnoException) thrown).errno()).as(thrown.getMessage()).isEqualTo(errno);
  }
}
