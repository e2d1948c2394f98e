package dev.nommu.riscvlinux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.kernel.signal.WaitStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs for riscv64, compiled from the sources beside them. */
@Timeout(60)
final class GuestTest {
  @RegisterExtension final GuestMachine machine = new GuestMachine();

  @Test
  void programRuns_withArgumentsAndEnvironment() throws Exception {
    GuestMachine.Run run = machine.run("hello", List.of("/bin/hello", "one", "two"), List.of("A=b"));
    assertThat(run.output())
        .isEqualTo("hello from /bin/hello\nargument one\nargument two\nenvironment A=b\n");
    assertThat(run.status()).isEqualTo(new WaitStatus.Exited(42));
  }
}
