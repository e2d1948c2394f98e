package dev.nommu.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The kernel's log and its listeners. */
final class KernelLogTest {
  @Test
  void listener_hearsEachLineOnceAndInOrder() {
    List<String> heard = new ArrayList<>();
    KernelLog log = new KernelLog(heard::add);
    log.print("one");
    log.print("two");
    assertThat(heard).containsExactly("one", "two");
    assertThat(log.lines()).containsExactly("one", "two");
  }

  @Test
  void whatAListenerThrows_isKeptAsALine() {
    KernelLog log =
        new KernelLog(line -> {
          throw new AssertionError("unheard of");
        });
    log.print("one");
    assertThat(log.lines()).hasSize(2).first().isEqualTo("one");
    assertThat(log.lines().getLast())
        .contains(KernelLogTest.class.getName(), "threw java.lang.AssertionError: unheard of");
  }

  @Test
  void lineOfTheListenerItself_isKeptAndNotTold() {
    AtomicReference<KernelLog> own = new AtomicReference<>();
    KernelLog log = new KernelLog(line -> own.get().print("heard " + line));
    own.set(log);
    log.print("one");
    log.print("two");
    assertThat(log.lines()).containsExactly("one", "heard one", "two", "heard two");
  }

  @Test
  void oldestLine_isDroppedAndWasHeard() {
    List<String> heard = new ArrayList<>();
    KernelLog log = new KernelLog(heard::add);
    for (int line = 0; line < 4097; line++) {
      log.print("line " + line);
    }
    assertThat(log.lines()).hasSize(4096).startsWith("line 1");
    assertThat(heard).hasSize(4097).startsWith("line 0");
  }

  @Test
  void sourceThatSaysTheSameAgainAndAgain_isHeardTenTimesInFiveSeconds() {
    KernelLog log = new KernelLog();
    AtomicLong nanos = new AtomicLong();
    log.clock(nanos::get);
    for (int i = 0; i < 25; i++) {
      log.printRatelimited("plugin A", List.of("A " + i, "  at A"));
    }
    log.printRatelimited("plugin B", List.of("B"));
    assertThat(log.lines()).hasSize(21).contains("A 9").doesNotContain("A 10").endsWith("B");
    nanos.set(4_999_999_999L);
    log.printRatelimited("plugin A", List.of("A again"));
    nanos.set(5_000_000_000L);
    log.printRatelimited("plugin A", List.of("A later"));
    assertThat(log.lines()).hasSize(23).endsWith("plugin A: 16 callbacks suppressed", "A later");
  }

  @Test
  void moreSourcesThanAreCounted_areHeardAllTheSame() {
    KernelLog log = new KernelLog();
    for (int i = 0; i < 1000; i++) {
      log.printRatelimited("plugin " + i, List.of("line " + i));
    }
    assertThat(log.lines()).hasSize(1000);
  }
}
