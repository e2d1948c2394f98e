package dev.nommu.kernel;

import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nommu.api.Profile;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A board with much RAM: it is reserved and not touched. */
final class BigBoardTest {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long LIMIT = 64L << 20;

  @RegisterExtension final Machines machines = new Machines();

  private static long residentBytes() throws IOException {
    return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE;
  }

  @Test
  void design_fourGibibytes_areReservedAndNotTouched() throws Exception {
    assumeTrue(Files.isReadable(STATM), "only Linux tells how much memory is resident");
    machines.boot(Profile.DOCUMENT);
    long before = residentBytes();
    Machine machine = machines.boot(TestBoard.withMebibytes(4096).build(), Profile.DOCUMENT);
    assertThat(machine.memory().ram().length()).isEqualTo(4L << 30);
    assertThat(residentBytes() - before).isLessThan(LIMIT);
  }

  @Test
  void design_fourGibibytes_canBeUsedToTheLastPage() throws Exception {
    Machine machine = machines.boot(TestBoard.withMebibytes(4096).build(), Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    long last = p.anonymous(PAGE);
    assertThat(last).isGreaterThan(TestBoard.RAM + (4L << 30) - (64L << 20));
    p.store(last, TaskCalls.pattern(PAGE));
    assertThat(p.bytes(last, PAGE)).isEqualTo(TaskCalls.pattern(PAGE));
    long first = p.anonymous(4 << 20);
    assertThat(first).isLessThan(TestBoard.RAM + (64L << 20));
  }
}
