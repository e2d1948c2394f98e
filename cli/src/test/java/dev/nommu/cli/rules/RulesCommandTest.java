package dev.nommu.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.tck.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code nommu rules}: each rule, what holds it, and how many there are. */
final class RulesCommandTest {
  private static String last(String text) {
    return text.lines().reduce("", (earlier, later) -> later);
  }

  @Test
  void rules_areListedWithWhatHoldsThem() {
    Run run = Run.of("rules");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(Rules.all().size() + 1);
    assertThat(run.out())
        .containsPattern("(?m)^DIR-03 +contract +An error from get_unmapped_area")
        .containsPattern("(?m)^MMAP-02 +kernel ")
        .containsPattern("(?m)^MMAP-04 +declined ");
  }

  @Test
  void rulesThatOneThingHolds_areListedAlone() {
    Run run = Run.of("rules", "--held-by", "declined");
    assertThat(run.out().lines().filter(line -> line.contains(" declined "))).isNotEmpty();
    assertThat(run.out()).doesNotContain(" kernel  ");
  }

  @Test
  void counts_areThoseOfTheReadme() throws Exception {
    assertThat(Files.readString(Path.of("../README.md"))).contains(last(Run.of("rules").out()));
  }
}
