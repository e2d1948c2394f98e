package dev.nommu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which name was meant. */
final class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "a, '', 1",
    "'', abc, 3",
    "cfi-flash, cfi-flash, 0",
    "cfi-flsh, cfi-flash, 1",
    "cif-flash, cfi-flash, 2",
    "kitten, sitting, 3"
  })
  void distance_isTheNumberOfWrongCharacters(String from, String to, int expected) {
    assertThat(Spelling.distance(from, to)).isEqualTo(expected);
    assertThat(Spelling.distance(to, from)).isEqualTo(expected);
  }

  @Test
  void nearest_isTheOneWithTheFewestWrongCharacters() {
    List<String> known = List.of("mtd-ram", "mtd-rom", "cfi-flash");
    assertThat(Spelling.nearest(List.of("mtd-rum", "acme,flash"), known)).contains("mtd-ram");
    assertThat(Spelling.nearest(List.of("acme,rocket", "cfiflash"), known)).contains("cfi-flash");
  }

  @Test
  void nameUnlikeAllKnown_isNoMistake() {
    assertThat(Spelling.nearest(List.of("acme,rocket"), List.of("mtd-ram", "fb"))).isEmpty();
    assertThat(Spelling.nearest(List.of("ab"), List.of("fb"))).contains("fb");
    assertThat(Spelling.nearest(List.of(), List.of("fb"))).isEmpty();
    assertThat(Spelling.nearest(List.of("fb"), List.of())).isEmpty();
  }
}
