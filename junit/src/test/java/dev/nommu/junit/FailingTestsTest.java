package dev.nommu.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What fails a test, and what is said of it. */
final class FailingTestsTest {
  private static final List<Machine> MACHINES = new ArrayList<>();

  private static TestExecutionSummary run(Class<?> test) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static List<String> messages(Class<?> test) {
    return run(test).getFailures().stream().map(failure -> all(failure.getException())).toList();
  }

  private static String all(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    for (Throwable suppressed : failure.getSuppressed()) {
      text.append('\n').append(suppressed);
    }
    return text.toString();
  }

  /** Its board asks for what no plugin drives. */
  @Board(
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        flash@20000000 { compatible = "acme,flash"; reg = <0x20000000 0x1000>; };
      };
      """)
  static final class Unbootable {
    @Test
    void anything(Task task) {}
  }

  @Test
  void boardThatLacksADriver_failsTheTestAndNamesTheNode() {
    assertThat(messages(Unbootable.class))
        .singleElement()
        .asString()
        .contains("/flash@20000000", "acme,flash");
  }

  /** It stores where nothing is mapped. */
  @Board("plain.dts")
  static final class Straying {
    @Test
    void stores(Machine machine, Task task) throws Exception {
      MACHINES.add(machine);
      task.store(machine.board().ram().start() + 0x10_0000, MemorySegment.ofArray(new byte[4]));
    }
  }

  @Test
  void strayStore_failsTheTestWithItsStack() {
    assertThat(messages(Straying.class))
        .singleElement()
        .asString()
        .contains("stray store", "FailingTestsTest$Straying.stores");
    assertThat(MACHINES.removeFirst().isClosed()).isTrue();
  }

  /** It fails by itself. */
  @Board("plain.dts")
  static final class Failing {
    @Test
    void fails(Machine machine) throws ErrnoException {
      MACHINES.add(machine);
      throw new ErrnoException(Errno.EIO, "by itself");
    }
  }

  @Test
  void testThatFails_closesItsMachine() {
    assertThat(messages(Failing.class)).singleElement().asString().contains("by itself");
    assertThat(MACHINES.removeFirst().isClosed()).isTrue();
  }

  /** It states what is not so. */
  @Board("plain.dts")
  static final class Mistaken {
    @Scenario(
        value =
            """
            fd = open("/f", O_RDWR|O_CREAT, 0644) = 3
            ftruncate(fd, 4096) = -1 ENOSPC
            """,
        profiles = Profile.DOCUMENT)
    void session() {}
  }

  @Test
  void scenarioThatStatesOtherwise_failsTheTestWithBothLines() {
    assertThat(messages(Mistaken.class))
        .singleElement()
        .asString()
        .contains("ftruncate(fd, 4096) = -1 ENOSPC", "ftruncate(fd, 4096) = 0");
  }

  /** A plugin that breaks a rule. */
  static final class BrokenContract extends CharacterDeviceContract {
    @Override
    protected DeviceDriver driver() {
      return new SensorDriver(range ->
          new SensorDriver.Registers(range) {
            @Override
            public Placement getUnmappedArea(MapRequest request) {
              return Placement.at(range.start());
            }
          });
    }
  }

  @Test
  void contractThatIsBroken_saysTheRuleAndTheRemedy() {
    assertThat(messages(BrokenContract.class))
        .anySatisfy(message ->
            assertThat(message).contains("DIR-03", "found:", "expected:", "change:", "document:"));
  }
}
