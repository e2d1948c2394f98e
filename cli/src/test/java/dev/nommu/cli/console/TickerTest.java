package dev.nommu.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.console.Console.Progress;
import dev.nommu.cli.text.Palette;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TickerTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void longWork_isShownFiveTimesASecondAndTakenAway() {
    try (Ticker ticker = ticker(Progress.SHOWN)) {
      for (int i = 0; i < 10; i++) {
        int done = i;
        nanos.addAndGet(150_000_000);
        ticker.tick(() -> done + " done");
      }
    }
    assertThat(text()).isEqualTo("|1 done|3 done|5 done|7 done|9 done|");
  }

  @Test
  void shortWork_showsNothing() {
    try (Ticker ticker = ticker(Progress.SHOWN)) {
      nanos.addAndGet(199_999_999);
      ticker.tick(() -> "x");
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void withoutATerminal_nothingIsShown() {
    try (Ticker ticker = ticker(Progress.DROPPED)) {
      nanos.addAndGet(1_000_000_000);
      ticker.tick(() -> "x");
    }
    assertThat(text()).isEmpty();
  }

  private Ticker ticker(Progress progress) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Ticker(
        new Console(InputStream.nullInputStream(), stream, stream, Palette.NONE, progress),
        nanos::get);
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", "|");
  }
}
