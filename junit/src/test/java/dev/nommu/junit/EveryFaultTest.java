package dev.nommu.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.chardevfb.VirtualFrameBufferDriver;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.fault.Operation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each n is a run of its own, and what is not proved is a failure. */
final class EveryFaultTest {
  /** The tests that are run here. */
  @Board(NoteDriver.BOARD)
  static final class Cases {
    @EveryFault(
        value = {Operation.ALLOCATION, Operation.WRITE},
        plugin = NoteDriver.class,
        errno = Errno.ENOMEM)
    void writesTwice(Task task) throws Exception {
      int file = task.open("/dev/note", OpenFlags.O_RDWR);
      task.write(file, MemorySegment.ofArray(new byte[8]));
      task.write(file, MemorySegment.ofArray(new byte[8]));
    }

    @EveryFault(value = Operation.READ, plugin = String.class)
    void isOfNoPlugin(Task task) {}

    @EveryFault(value = Operation.READ, plugin = NoteDriver.class)
    void neverReads(Task task) throws Exception {
      task.open("/dev/note", OpenFlags.O_RDWR);
    }

    @EveryFault(value = Operation.READ, plugin = NoteDriver.class, ways = EveryFault.Way.SHORTEN)
    void takesForGrantedThatAllIsRead(Task task) throws Exception {
      int file = task.open("/dev/note", OpenFlags.O_RDWR);
      assertThat(task.read(file, MemorySegment.ofArray(new byte[8]))).isEqualTo(8);
    }

    /** Its file is closed when the machine ends. */
    @EveryFault(value = Operation.DRIVER_CALL, plugin = NoteDriver.class)
    void leavesItsFileOpen(Task task) throws Exception {
      task.open("/dev/note", OpenFlags.O_RDWR);
    }

    @EveryFault(value = Operation.WRITE, plugin = NoteDriver.class, ways = EveryFault.Way.DELAY)
    void writesLate(Task task) throws Exception {
      int file = task.open("/dev/note", OpenFlags.O_RDWR);
      assertThat(task.write(file, MemorySegment.ofArray(new byte[8]))).isEqualTo(8);
    }

    @EveryFault(value = Operation.DRIVER_CALL, plugin = VirtualFrameBufferDriver.class)
    @Board(
        """
        /dts-v1/;
        / {
          #address-cells = <1>; #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
          chosen { bootargs = "vfb.vfb_enable=1 vfb.mode_option=64x64-8"; };
        };
        """)
    void mapsItsScreen(Task task) throws Exception {
      int file = task.open("/dev/fb0", OpenFlags.O_RDWR);
      task.mmap(0, 4096, 1, 1, file, 0);
    }

    private static int runs;

    @EveryFault(value = Operation.READ, plugin = NoteDriver.class)
    void readsOnlyOnce(Task task) throws Exception {
      int file = task.open("/dev/note", OpenFlags.O_RDWR);
      if (runs++ == 0) {
        task.read(file, MemorySegment.ofArray(new byte[8]));
      }
    }
  }

  private static final class Listener implements TestExecutionListener {
    private final List<String> ended = new ArrayList<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean failed = result.getStatus() == Status.FAILED;
      if (failed || test.isTest()) {
        String why = result.getThrowable().map(each -> ": " + each.getMessage()).orElse("");
        ended.add((failed ? "FAILED " : "") + test.getDisplayName() + why);
      }
    }
  }

  private static List<String> run(String method) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(Cases.class, method, Task.class))
            .build();
    Listener listener = new Listener();
    LauncherFactory.create().execute(request, listener);
    return listener.ended;
  }

  @Test
  void everyN_isARunOfItsOwn() {
    assertThat(run("writesTwice"))
        .containsExactly(
            "no fault",
            "allocation 1 fails with ENOMEM",
            "allocation 2 fails with ENOMEM",
            "write 1 fails with ENOMEM",
            "write 2 fails with ENOMEM");
  }

  @Test
  void whatIsNoPlugin_isRefusedWithTheKindsThatThereAre() {
    assertThat(run("isOfNoPlugin"))
        .first()
        .asString()
        .contains(
            "@EveryFault: java.lang.String: expected a DeviceDriver, FrameBufferDeviceDriver,"
                + " FileSystemType or BinaryFormat");
  }

  @Test
  void kindWithoutACall_fails() {
    assertThat(run("neverReads"))
        .containsExactly(
            "no fault",
            "FAILED neverReads(Task): @EveryFault: expected the test to lead to a call of the kind"
                + " \"read\" of dev.nommu.junit.NoteDriver, found none");
  }

  @Test
  void assertionThatDoesNotHoldWithAFault_fails() {
    assertThat(run("takesForGrantedThatAllIsRead"))
        .element(1)
        .asString()
        .startsWith("FAILED read 1 is cut short");
  }

  @Test
  void faultThatIsNotReached_fails() {
    Cases.runs = 0;
    assertThat(run("readsOnlyOnce"))
        .containsExactly(
            "no fault",
            "FAILED read 1 fails with EIO: read 1 fails with EIO: was not reached",
            "FAILED readsOnlyOnce(Task): read 1 fails with EIO: was not reached"
                + System.lineSeparator()
                + "read that fails with EIO: no call failed");
  }

  @Test
  void callThatIsLate_isMadeAndHoldsUpNobody() {
    assertThat(run("writesLate")).containsExactly("no fault", "write 1 is late");
  }

  @Test
  void driverOfFrameBuffers_isFaultyToo() {
    assertThat(run("mapsItsScreen"))
        .startsWith("no fault", "driver call 1 fails with EIO", "driver call 2 fails with EIO")
        .noneMatch(each -> each.startsWith("FAILED"));
  }

  @Test
  void callAtTheEndOfTheMachine_isReached() {
    assertThat(run("leavesItsFileOpen")).isNotEmpty().noneMatch(each -> each.startsWith("FAILED"));
  }
}
