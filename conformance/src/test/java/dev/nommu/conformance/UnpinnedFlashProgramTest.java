package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.junit.Guest;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.time.RealClock;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A program in machine code that reads status where it takes it for data: where it does is told.
 */
@Timeout(60)
final class UnpinnedFlashProgramTest {
  @Test
  void flash11_statusRead_isFoundWithFunctionAndPc() throws Exception {
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    Board board = TestMachine.board(Path.of(""), "", UnpinnedFlashDriver.NODE);
    Kernel kernel = Kernel.standard().with(sanitizer).withClock(RealClock::new);
    try (TestMachine machine = new TestMachine(kernel.boot(board))) {
      Guest erase = Guest.install(machine.machine(), getClass(), "erase.c");
      assertThat(erase.run().exitedWith(0).output()).isEqualTo("data 21524f4e\nstatus 800080\n");
    }
    assertThat(sanitizer.findings()).singleElement().satisfies(UnpinnedFlashProgramTest::isTold);
  }

  private static void isTold(Finding finding) {
    assertThat(finding.kind()).isEqualTo(Finding.Kind.STATUS_LOADED);
    assertThat(finding.act().by()).startsWith("accessed by erase[");
    assertThat(finding.toString())
        .containsPattern("at erase\\.poll_status\\+0x[0-9a-f]+\\(pc 0x[0-9a-f]+\\)")
        .containsPattern("mapped by erase\\[\\d+\\]\\R +at erase\\.main\\+0x")
        .doesNotContain("RiscvHart");
  }
}
