package dev.nommu.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ErrnoExceptionTest {
  @Test
  void byRule_saysTheRuleAsTextAndAtTheEndOfTheMessage() {
    ErrnoException failure = ErrnoException.byRule("SHM-01", Errno.EINVAL, "shmget: 0 bytes");
    assertThat(failure.rule()).contains("SHM-01");
    assertThat(failure).hasMessage("shmget: 0 bytes [SHM-01]");
    assertThat(failure.describe()).isEqualTo("EINVAL (Invalid argument): shmget: 0 bytes [SHM-01]");
  }

  @Test
  void byRule_keepsItsCause() {
    IOException cause = new IOException("bad sector");
    ErrnoException failure = ErrnoException.byRule("PLUGIN-01", Errno.EIO, "read", cause);
    assertThat(failure).hasCause(cause);
    assertThat(failure.rule()).contains("PLUGIN-01");
  }

  @Test
  void otherFailures_haveNoRule() {
    assertThat(new ErrnoException(Errno.ENOENT, "open of /a [sic]").rule()).isEmpty();
    assertThat(new ErrnoException(Errno.EIO, "read", new IOException()).rule()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // what a plugin may do
  void withoutAnErrno_saysWhatTheMessageWas() {
    assertThatNullPointerException()
        .isThrownBy(() -> new ErrnoException(null, "probe of uart"))
        .withMessageContaining("probe of uart");
  }
}
