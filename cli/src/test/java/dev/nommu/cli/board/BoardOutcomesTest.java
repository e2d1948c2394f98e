package dev.nommu.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class BoardOutcomesTest {
  private static final Path SMALLEST = Run.recordedBoard().resolveSibling("smallest.dts");
  private static final String BOOTARGS =
      "root=/dev/vdz mem=much console=ttyUSB0 mtdram.total_size=x";

  @Test
  void eachOutcomeOfAPlace_isListedAlsoIfTheTreeHasNoSuchNode() {
    assertThat(Run.of("board", "--board", SMALLEST, "--bootargs", BOOTARGS).out())
        .contains("\nnot heeded: mem=much console=ttyUSB0 mtdram.total_size=x\n")
        .containsPattern("\n  /chosen +not used: mem=much: size: .*\n +not used: root=/dev/vdz")
        .containsPattern("\n  console +not used: console=ttyUSB0: .*\n.*/dev/console")
        .containsPattern("\n  mtd +not used: mtdram.total_size=x: ");
  }

  @Test
  void outcomeOfANode_comesBeforeTheParametersItsDriverIgnored() {
    Path flash = SMALLEST.resolveSibling("uclinux.dts");
    assertThat(Run.of("board", "--board", flash, "--bootargs", "mtdparts=wrong").out())
        .containsPattern("cfi-flash +driver mtd\n +not used: mtdparts=wrong: expected <mtd-id>");
  }

  @Test
  void json_hasEachOutcome() {
    assertThat(Run.of("board", "--board", SMALLEST, "--bootargs", BOOTARGS, "--json").out())
        .containsPattern("(?s)\"place\": \"/chosen\".*\"furtherOutcomes\": .*root=/dev/vdz");
  }
}
