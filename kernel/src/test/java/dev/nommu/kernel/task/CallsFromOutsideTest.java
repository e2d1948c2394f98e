package dev.nommu.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.testing.Halt;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread from outside makes a call of a task, and the driver does not come back. The caller of
 * close is told which thread of which task that is.
 */
@Timeout(60)
final class CallsFromOutsideTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(50);

  @RegisterExtension final Machines machines = new Machines();

  private final Halt halt = new Halt();
  private final Machine machine =
      machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, new SlowDriver());
  private final Task task = machine.init().spawn("caller");

  @AfterEach
  void goOn() {
    halt.goOn();
  }

  private final class SlowDriver implements DeviceDriver {
    @Override
    public String name() {
      return "slow";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.registerCharacterDevice("slow", new DeviceNumber(240, 0), flags -> new SlowFile());
    }
  }

  private final class SlowFile implements ReadableFile, WritableFile, SeekableFile {
    @Override
    public long read(MemorySegment into, long position) {
      halt.stay();
      return 0;
    }

    @Override
    public long write(MemorySegment from, long position) {
      halt.stay();
      return from.byteSize();
    }

    @Override
    public long seek(long position, long offset, Whence whence) {
      halt.stay();
      return 0;
    }

    @Override
    public void close() {
      halt.stay();
    }
  }

  /** A call in which the driver is called. */
  private enum Call {
    READ((task, file, bytes) -> task.read(file, bytes)),
    WRITE((task, file, bytes) -> task.write(file, bytes)),
    PREAD((task, file, bytes) -> task.pread(file, bytes, 0)),
    PWRITE((task, file, bytes) -> task.pwrite(file, bytes, 0)),
    LSEEK((task, file, bytes) -> task.lseek(file, 0, Whence.START)),
    DUP3((task, file, bytes) -> task.descriptors().dup3(0, file, 0)),
    CLOSE((task, file, bytes) -> task.close(file));

    private final Action action;

    Call(Action action) {
      this.action = action;
    }

    void make(Task task, int file) throws ErrnoException {
      action.by(task, file, MemorySegment.ofArray(new byte[1]));
    }

    private interface Action {
      void by(Task task, int file, MemorySegment bytes) throws ErrnoException;
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadThatIsInADriver_isNamedWithItsTask(Call call) throws Exception {
    int file = task.open("/dev/slow", OpenFlags.O_RDWR);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("somebody")
            .start(() -> {
              try {
                call.make(task, file);
              } catch (ErrnoException closed) {
                assertThat(closed).hasMessageContaining("closed");
              }
            });
    halt.awaitArrival();
    assertThat(task.life().threads()).contains(thread);
    machine.close(SHORT);
    assertThat(machine.log().lines())
        .anyMatch(line ->
            line.startsWith(
                "close: thread somebody, task %d (caller), is in".formatted(task.tid())));
    halt.goOn();
    machine.close(LONG);
    thread.join();
  }

  @Test
  void callThatIsOver_namesNobody() throws Exception {
    halt.goOn();
    for (Call call : Call.values()) {
      call.make(task, task.open("/dev/slow", OpenFlags.O_RDWR));
    }
    task.descriptors().fcntl(0, DescriptorCalls.F_DUPFD, 0);
    task.unnamedFiles().pipe();
    assertThat(task.life().threads()).isEmpty();
  }
}
