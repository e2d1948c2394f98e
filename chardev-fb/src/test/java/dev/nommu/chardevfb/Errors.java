package dev.nommu.chardevfb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says which error number an operation must fail with. */
final class Errors {
  private Errors() {}

  static void assertErrno(Errno expected, ThrowingCallable operation) {
    ErrnoException failure = catchThrowableOfType(ErrnoException.class, operation);
    assertThat(failure).as("should fail with " + expected).isNotNull();
    assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(expected);
    assertThat(failure.getMessage()).isNotBlank();
  }
}
