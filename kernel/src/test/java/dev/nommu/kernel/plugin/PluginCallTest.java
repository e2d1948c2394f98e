package dev.nommu.kernel.plugin;

import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a plugin's bad answers: rule PLUGIN-01. */
final class PluginCallTest {
  private static final Object PLUGIN = new PluginCallTest();

  static List<Supplier<Throwable>> faults() {
    return List.of(
        NullPointerException::new,
        () -> new IllegalStateException("out of order"),
        () -> new NoClassDefFoundError("dev/nommu/Missing"),
        () -> new AssertionError("impossible"),
        StackOverflowError::new);
  }

  private static void sneak(Throwable fault) {
    switch (fault) {
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      default -> throw new AssertionError(fault);
    }
  }

  private static void assertBlamed(ErrnoException failure) {
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining("dev.nommu.kernel.plugin.PluginCallTest")
        .hasMessageContaining("read")
        .hasMessageContaining("[PLUGIN-01]");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void plugin01_whateverIsThrown_isEioThatNamesThePluginAndTheCause(Supplier<Throwable> fault) {
    Throwable thrown = fault.get();
    ErrnoException asked =
        failureOf(() ->
            PluginCall.ask(
                PLUGIN,
                "read",
                () -> {
                  sneak(thrown);
                  return 0;
                }));
    assertBlamed(asked);
    assertThat(asked).hasCause(thrown);
    assertBlamed(failureOf(() -> PluginCall.tell(PLUGIN, "read", () -> sneak(thrown))));
  }

  @Test
  void plugin01_null_isEio() {
    assertBlamed(failureOf(() -> PluginCall.ask(PLUGIN, "read", () -> null)));
  }

  @Test
  void plugin01_errno_isPassedOnAsItIs() {
    ErrnoException errno = new ErrnoException(Errno.EAGAIN, "later");
    assertThat(
            failureOf(() ->
                PluginCall.ask(
                    PLUGIN,
                    "read",
                    () -> {
                      throw errno;
                    })))
        .isSameAs(errno);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 11, Long.MIN_VALUE, Long.MAX_VALUE})
  void plugin01_countThatCannotBe_isEio(long count) {
    ErrnoException failure = failureOf(() -> PluginCall.count(PLUGIN, "read", 10, () -> count));
    assertBlamed(failure);
    assertThat(failure).hasMessageContaining("expected a count of 0 to 10, found " + count);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10})
  void plugin01_countThatCanBe_isReturned(long count) throws Exception {
    assertThat(PluginCall.count(PLUGIN, "read", 10, () -> count)).isEqualTo(count);
  }
}
