package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that drivers give their devices in /dev and their files in /proc. */
final class DeviceNamesTest {
  @RegisterExtension final Machines machines = new Machines();

  private interface Registration {
    void with(DeviceContext context) throws ErrnoException;
  }

  private record NamingDriver(Registration registration) implements DeviceDriver {
    @Override
    public String name() {
      return "naming";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext context) throws ErrnoException {
      registration.with(context);
    }
  }

  private Machine boot(Registration registration) {
    return machines.boot(
        TestBoard.withMebibytes(8).build(),
        Profile.DOCUMENT,
        (Object[]) new DeviceDriver[] {new NamingDriver(registration)});
  }

  private static void register(DeviceContext context, int minor, String name)
      throws ErrnoException {
    context.registerCharacterDevice(name, new DeviceNumber(250, minor), flags -> null);
  }

  private static List<String> failures(Machine machine) {
    return machine.nodes().stream()
        .filter(each -> each.place().equals("naming"))
        .map(each -> ((Outcome.Failed) each.outcome()).reason().describe())
        .toList();
  }

  private static List<String> names(Machine machine, String directory) throws Exception {
    return machine.init().tree().list(directory).stream().map(DirectoryEntry::name).toList();
  }

  @Test
  void pathBelowDev_hasItsDirectories() throws Exception {
    Machine machine =
        boot(context -> {
          register(context, 0, "card/a");
          register(context, 1, "card/b");
        });
    assertThat(names(machine, "/dev/card")).containsExactlyInAnyOrder("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a\0b"})
  void nameThatIsNoPathBelowDev_isRefusedAndTheMachineBoots(String name) throws Exception {
    Machine machine = boot(context -> register(context, 0, name));
    assertThat(failures(machine)).singleElement().asString().startsWith("EINVAL").contains("/dev");
  }

  @Test
  void deviceThatWouldBeADirectoryToo_isRefusedAndTheMachineBoots() throws Exception {
    Machine inner =
        boot(context -> {
          register(context, 0, "card");
          register(context, 1, "card/a");
        });
    Machine outer =
        boot(context -> {
          register(context, 0, "card/a");
          register(context, 1, "card");
        });
    for (Machine machine : List.of(inner, outer)) {
      assertThat(failures(machine)).singleElement().asString().startsWith("EBUSY");
      assertThat(names(machine, "/dev")).doesNotContain("card");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"meminfo", "self", "sys", "sysvipc", "mounts"})
  void fileOfTheKernelInProc_isNotReplaced(String name) throws Exception {
    Machine machine = boot(context -> context.registerProcFile(name, () -> "replaced"));
    assertThat(failures(machine)).singleElement().asString().startsWith("EBUSY");
    assertThat(new TaskCalls(machine.init()).text("/proc/meminfo")).startsWith("MemTotal:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", ".", "..", "1"})
  void nameThatIsNoneInProc_isRefused(String name) throws Exception {
    Machine machine = boot(context -> context.registerProcFile(name, () -> "text"));
    assertThat(failures(machine)).singleElement().asString().startsWith("EINVAL");
  }

  @Test
  void namesOfTheKernelInProc_areReserved() throws Exception {
    Machine machine = boot(context -> {});
    for (String name : names(machine, "/proc")) {
      if (!name.equals("1")) {
        Machine other = boot(context -> context.registerProcFile(name, () -> "replaced"));
        assertThat(failures(other)).as(name).isNotEmpty();
      }
    }
  }
}
