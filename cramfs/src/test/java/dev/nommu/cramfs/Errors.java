package dev.nommu.cramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects failures. */
final class Errors {
  private Errors() {}

  /** Expects a failure with this errno, and with these words in its message. */
  static void assertFails(Errno errno, ThrowingCallable call, String... words) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(ErrnoException.class);
    assertThat(((ErrnoException) thrown).errno()).isEqualTo(errno);
    for (String word : words) {
      assertThat(thrown.getMessage()).contains(word);
    }
  }
}
