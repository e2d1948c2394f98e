package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Halt;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loads and stores handled by a device window while the machine is closed. */
@Timeout(60)
final class WindowAccessTest {
  private static final AddressRange RANGE = new AddressRange(0x3000_0000L, 0x1000);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(50);

  @RegisterExtension final Machines machines = new Machines();

  private final Halt halt = new Halt();
  private final List<String> calls = new ArrayList<>();
  private final Driver driver = new Driver();
  private final Machine machine =
      machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, driver);
  private final Task init = machine.init();
  private final MemorySegment ram = machine.memory().ramAt(TestBoard.RAM, 1);

  /** The operations of a window. */
  private enum Access {
    LOAD,
    STORE,
    MEMORY
  }

  /** Blocks in the operation chosen by a test. */
  private final class Driver implements DeviceDriver, DeviceWindow {
    volatile Optional<Access> stays = Optional.empty();
    volatile Optional<Access> throwsAt = Optional.empty();

    private void during(Access access) {
      if (throwsAt.filter(access::equals).isPresent()) {
        throw new IllegalStateException("no answer");
      }
      if (stays.filter(access::equals).isPresent()) {
        halt.stay();
      }
    }

    @Override
    public String name() {
      return "window";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      context.claim(RANGE, this);
    }

    @Override
    public void close() {
      calls.add("close");
    }

    @Override
    public long size() {
      return RANGE.length();
    }

    @Override
    public Optional<MemorySegment> memory() {
      during(Access.MEMORY);
      return Optional.empty();
    }

    @Override
    public long load(long offset, int width) {
      during(Access.LOAD);
      calls.add("load");
      return 0;
    }

    @Override
    public void store(long offset, int width, long value) {
      during(Access.STORE);
      calls.add("store");
    }
  }

  private void make(Access access) {
    MemorySegment word = MemorySegment.ofArray(new byte[4]);
    try {
      switch (access) {
        case LOAD -> init.load(RANGE.start(), word);
        case STORE -> init.store(RANGE.start(), word);
        case MEMORY -> init.memory(RANGE.start(), 4);
      }
    } catch (MemoryFault notPlain) {
      assertThat(access).isEqualTo(Access.MEMORY);
    }
  }

  @AfterEach
  void goOn() {
    halt.goOn();
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void threadFromOutsideInAWindow_isNamedAndWaitedFor(Access access) throws Exception {
    driver.stays = Optional.of(access);
    Thread somebody = Thread.ofPlatform().daemon().name("somebody").start(() -> make(access));
    halt.awaitArrival();
    machine.close(SHORT);
    assertThat(ram.scope().isAlive()).isTrue();
    assertThat(calls).isEmpty();
    assertThat(machine.log().lines())
        .anyMatch(line ->
            line.startsWith(
                "close: thread somebody, a load or store of a device, is in"
                    + " dev.nommu.kernel.testing.Halt.stay"));
    halt.goOn();
    machine.close(LONG);
    somebody.join();
    assertThat(ram.scope().isAlive()).isFalse();
    assertThat(calls).endsWith("close");
  }

  @ParameterizedTest
  @EnumSource(Access.class)
  void windowOfAClosedMachine_isNotAskedAnyMore(Access access) {
    machine.close();
    assertThatThrownBy(() -> make(access))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(calls).containsExactly("close");
  }

  @Test
  void windowThatIsAskedByAnother_answersBoth() throws Exception {
    driver.stays = Optional.of(Access.STORE);
    Thread somebody = Thread.ofPlatform().daemon().start(() -> make(Access.STORE));
    halt.awaitArrival();
    make(Access.LOAD);
    assertThat(calls).containsExactly("load");
    halt.goOn();
    somebody.join();
    assertErrno(Errno.ENOENT, () -> init.open("/none", 0));
  }

  /** Otherwise the end of the machine would wait for it. */
  @ParameterizedTest
  @EnumSource(Access.class)
  void windowThatThrows_isInNoCallAfterwards(Access access) {
    driver.throwsAt = Optional.of(access);
    MemorySegment word = MemorySegment.ofArray(new byte[4]);
    assertThatThrownBy(
            () -> {
              switch (access) {
                case LOAD -> init.load(RANGE.start(), word);
                case STORE -> init.store(RANGE.start(), word);
                case MEMORY -> init.memory(RANGE.start(), 4);
              }
            })
        .isInstanceOf(MemoryFault.class);
    machine.close(SHORT);
    assertThat(ram.scope().isAlive()).isFalse();
    assertThat(calls).containsExactly("close");
  }
}
