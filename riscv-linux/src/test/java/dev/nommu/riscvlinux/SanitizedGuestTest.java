package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.signal.WaitStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs whose loads and stores a sanitizer observes. */
@Timeout(60)
final class SanitizedGuestTest {
  private final RecordingSanitizer sanitizer = new RecordingSanitizer();

  @RegisterExtension final GuestMachine machine = new GuestMachine(sanitizer);

  @Test
  void storeIntoWhatWasUnmapped_isFound() throws Exception {
    GuestMachine.Run run = machine.run("stray");
    assertThat(run.status()).isEqualTo(new WaitStatus.Exited(0));
    assertThat(sanitizer.findings())
        .singleElement()
        .satisfies(found -> assertThat(found.kind()).isEqualTo(Finding.Kind.USE_AFTER_MUNMAP));
  }

  @Test
  void soundProgram_isFoundInNothing() throws Exception {
    assertThat(machine.run("processes").status()).isEqualTo(new WaitStatus.Exited(0));
    assertThat(sanitizer.findings()).isEmpty();
  }
}
