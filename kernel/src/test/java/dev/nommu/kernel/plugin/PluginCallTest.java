package dev.nommu.kernel.plugin;

import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PluginFault;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handling of a plugin's invalid results: rule PLUGIN-01. */
final class PluginCallTest {
  private static final Object PLUGIN = new PluginCallTest();

  static List<Supplier<Throwable>> faults() {
    return List.of(
        NullPointerException::new,
        () -> new IllegalStateException("out of order"),
        () -> new NoClassDefFoundError("dev/nommu/Missing"),
        () -> new AssertionError("impossible"),
        StackOverflowError::new,
        () -> new OutOfMemoryError("Requested array size exceeds VM limit"),
        () -> new InternalError("its own too"),
        () -> new Error("its own"),
        () -> new IOException("sneaked past the compiler"),
        Speechless::new);
  }

  /** An exception that throws again when its message is requested. */
  private static final class Speechless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no words");
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable fault) throws T {
    throw (T) fault;
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
                  PluginCallTest.<RuntimeException>sneak(thrown);
                  return 0;
                }));
    assertBlamed(asked);
    assertThat(asked.getCause()).isSameAs(thrown);
    assertBlamed(
        failureOf(() ->
            PluginCall.tell(PLUGIN, "read", () -> PluginCallTest.<RuntimeException>sneak(thrown))));
  }

  private static final class Leaving extends Unwinding {
    private static final long serialVersionUID = 1L;

    Leaving() {
      super("the thread ends");
    }
  }

  @Test
  void plugin01_whatTheKernelUnwindsWith_passesThroughPlugins() {
    Unwinding end = new Leaving();
    assertThatThrownBy(() ->
            PluginCall.tell(
                PLUGIN,
                "read",
                () -> {
                  throw end;
                }))
        .isSameAs(end);
    assertThatThrownBy(() ->
            PluginCall.tell(
                PLUGIN,
                "read",
                () -> {
                  throw new PluginFault("a driver below", "draw", end);
                }))
        .isSameAs(end);
  }

  @Test
  void plugin01_faultOfAPluginBelow_namesThatOne() {
    ErrnoException failure =
        failureOf(() ->
            PluginCall.tell(
                PLUGIN,
                "read",
                () -> {
                  throw new PluginFault("a driver below", "draw", new IllegalStateException("red"));
                }));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessage(
            "plugin java.lang.String: draw threw java.lang.IllegalStateException: red [PLUGIN-01]");
  }

  @Test
  void plugin01_lambda_isNamedByTheClassItStandsIn() {
    Runnable plugin = () -> {};
    assertThat(failureOf(() -> PluginCall.ask(plugin, "run", () -> null)))
        .hasMessage(
            "plugin " + PluginCallTest.class.getName() + ": run: it returned null [PLUGIN-01]");
  }

  @Test
  void plugin01_errnoThatIsNull_isEioThatSaysSo() {
    assertThat(
            failureOf(() ->
                PluginCall.tell(
                    PLUGIN,
                    "read",
                    () -> {
                      throw new ErrnoException(null, "out of paper");
                    })))
        .matches(failure -> failure.errno() == Errno.EIO)
        .hasMessageContaining("expected an error number, found null: out of paper");
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
    ErrnoException failure = failureOf(() -> PluginCall.count(PLUGIN, "read", 0, 10, () -> count));
    assertBlamed(failure);
    assertThat(failure).hasMessageContaining("expected 0 to 10, found " + count);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10})
  void plugin01_countThatCanBe_isReturned(long count) throws Exception {
    assertThat(PluginCall.count(PLUGIN, "read", 0, 10, () -> count)).isEqualTo(count);
  }
}
