package dev.nommu.kernel.plugin;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.ReadableFile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.ManualClock;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A driver that throws at each call does not fill the log: it is logged ten times in five seconds.
 */
final class RepeatedFaultTest {
  @RegisterExtension final Machines machines = new Machines();

  private final ManualClock clock = new ManualClock();
  private Machine machine;
  private Task init;

  private static final class Faulty implements DeviceDriver {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.registerCharacterDevice("faulty", new DeviceNumber(240, 0), flags -> new File());
      context.registerCharacterDevice("other", new DeviceNumber(240, 1), flags -> new Other());
    }
  }

  private static class File implements ReadableFile {
    @Override
    public long read(MemorySegment into, long position) {
      throw new IllegalStateException("at " + position);
    }

    @Override
    public void close() {
      throw new IllegalStateException("cannot be closed");
    }
  }

  private static final class Other extends File {}

  @BeforeEach
  void boot() {
    machine =
        machines.boot(
            Machines.kernel(
                binder -> binder.bind(MachineClock.class).toInstance(clock), new Faulty()),
            TestBoard.withMebibytes(8).build(),
            Profile.DOCUMENT);
    init = machine.init();
  }

  private long lines(String text) {
    return machine.log().lines().stream().filter(line -> line.contains(text)).count();
  }

  private void readInVain(String device, int times) throws ErrnoException {
    int file = init.open("/dev/" + device, OpenFlags.O_RDONLY);
    for (int i = 0; i < times; i++) {
      int at = i;
      MemorySegment into = MemorySegment.ofArray(new byte[1]);
      assertErrno(Errno.EIO, "PLUGIN-01", () -> init.pread(file, into, at));
    }
  }

  @Test
  void readsThatFail_areToldTenTimesAndThenHowManyWereNot() throws Exception {
    readInVain("faulty", 1000);
    assertThat(lines("File: read threw java.lang.IllegalStateException: at ")).isEqualTo(10);
    assertThat(lines("RepeatedFaultTest.java")).isEqualTo(10);
    readInVain("other", 1);
    assertThat(lines("Other: read threw")).isOne();
    clock.advance(Duration.ofSeconds(5));
    readInVain("faulty", 1);
    assertThat(lines("RepeatedFaultTest$File: 990 callbacks suppressed")).isOne();
    assertThat(lines("File: read threw java.lang.IllegalStateException: at ")).isEqualTo(11);
  }

  @Test
  void closesThatFail_areToldTenTimes() throws Exception {
    for (int i = 0; i < 100; i++) {
      init.close(init.open("/dev/faulty", OpenFlags.O_RDONLY));
    }
    assertThat(lines("close of /dev/faulty: ")).isEqualTo(10);
  }
}
