package dev.nommu.kernel.task;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Consent;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A task that is driven from outside is killed in the middle of a call, here by the plugin that the
 * call asks. What the call makes last must not stay behind.
 */
final class KilledInCallTest {
  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();
  private final KillingDevice killing = new KillingDevice();
  private Machine machine;
  private TaskCalls init;
  private TaskCalls victim;

  /** A device that kills the victim when it is opened. */
  private final class KillingDevice implements DeviceDriver {
    @Override
    public String name() {
      return "killing";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext given) throws ErrnoException {
      given.registerCharacterDevice("killing", new DeviceNumber(241, 0), this::open);
    }

    private OpenFile open(OpenFlags flags) throws ErrnoException {
      kill();
      return new OpenFile() {};
    }
  }

  @BeforeEach
  void boot() {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, device, killing);
    init = new TaskCalls(machine.init());
    victim = init.other();
  }

  private void kill() throws ErrnoException {
    init.task().processes().kill(victim.task().pid(), Signal.SIGKILL);
  }

  private void assertNothingLeft() {
    assertThat(machine.mappedCopyPages()).isZero();
    assertThat(victim.task().memoryMap().mappings()).isEmpty();
    assertThat(machine.check()).isEmpty();
    assertErrno(Errno.ESRCH, () -> victim.anonymous(PAGE));
  }

  @Test
  void killedWhileACopyIsRead_leavesNoPages() throws Exception {
    int file = victim.read("/dev/fake_unplaced");
    device.reading =
        (into, position) -> {
          kill();
          return 0;
        };
    victim.map(file, 4 * PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(device.calls).contains("read");
    assertNothingLeft();
  }

  @Test
  void killedWhileTheDriverConsents_leavesNoMappingAndTheDriverHearsOfItsEnd() throws Exception {
    int file = victim.write("/dev/fake");
    device.whether =
        (request, address) -> {
          kill();
          return Consent.accepted(range -> device.calls.add("close"));
        };
    victim.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertThat(device.calls).containsExactly("getUnmappedArea", "mmap", "close");
    assertNothingLeft();
  }

  @Test
  void killedWhileADriverOpens_leavesNoFile() {
    assertErrno(Errno.ESRCH, () -> victim.read("/dev/killing"));
    assertNothingLeft();
  }

  @Test
  void memoryMapOfAThread_survivesThatTheOtherIsKilledWhileItMaps() throws Exception {
    Task other = victim.task().processes().clone(CloneFlags.CLONE_VM);
    int file = victim.read("/dev/fake_unplaced");
    device.reading =
        (into, position) -> {
          kill();
          return 0;
        };
    long address = victim.map(file, PAGE, PROT_READ, MAP_PRIVATE);
    assertThat(other.mapping(address)).isPresent();
    other.exit();
    assertNothingLeft();
  }

  @Test
  void descriptorClosedWhileItIsMapped_keepsTheFileUntilTheMappingGoes() throws Exception {
    int file = victim.write("/dev/fake");
    device.whether =
        (request, address) -> {
          victim.task().close(file);
          return Consent.accepted(range -> device.calls.add("close"));
        };
    long address = victim.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertErrno(Errno.EBADF, () -> victim.task().dup(file));
    victim.task().munmap(address, PAGE);
    assertThat(device.calls).endsWith("close");
  }
}
