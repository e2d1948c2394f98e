package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.pages.OwnedPages;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Shortage;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drivers that give memory away under a mapping, and mappings that fail when half made. */
final class MappedMemoryCheckTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  private final FakeDevice device = new FakeDevice();

  private Machine boot(Profile profile) throws Exception {
    return machines.boot(TestBoard.withMebibytes(4).build(), profile, device);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_pagesGivenBackUnderAMapping_areSeenByCheck(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    long start = p.map(p.write("/dev/fake"), 2 * PAGE, READ_WRITE, MAP_SHARED);
    assertThat(machine.check()).isEmpty();
    device.giveUpPages();
    assertThat(machine.check())
        .singleElement()
        .asString()
        .contains("%08x-%08x".formatted(start, start + 2 * PAGE))
        .contains("not all of this memory belongs to dev.nommu.kernel.testing.FakeDevice");
    TaskCalls other = p.other();
    other.fillMemory();
    assertThat(machine.check()).anyMatch(fault -> fault.contains("shows pages of"));
    other.task().exit();
    p.task().munmap(start, 2 * PAGE);
    assertThat(machine.check()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_pagesGivenBackInTheCallThatConsents_isEioAndTheConsentIsClosed(Profile profile)
      throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.whether =
        (request, address) -> {
          device.giveUpPages();
          return Consent.accepted(mapping -> device.calls.add("close " + mapping));
        };
    ErrnoException failure = failureOf(() -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining("dev.nommu.kernel.testing.FakeDevice")
        .hasMessageContaining("mmap of /dev/fake")
        .hasMessageContaining("[PLUGIN-01]");
    assertThat(device.calls)
        .endsWith("mmap", "close 0x%x-0x%x".formatted(device.base(), device.base() + PAGE));
    assertThat(p.maps()).isEmpty();
  }

  @Test
  void plugin01_pagesGivenBackWhenARegionIsUsedAgain_isEioBy612() throws Exception {
    Machine machine = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    long first = p.map(file, 2 * PAGE, READ_WRITE, MAP_SHARED);
    device.whether =
        (request, address) -> {
          device.giveUpPages();
          return Consent.ACCEPTED;
        };
    assertThat(failureOf(() -> p.map(file, PAGE, READ_WRITE, MAP_SHARED)).errno())
        .isEqualTo(Errno.EIO);
    assertThat(p.maps()).hasSize(1);
    p.task().munmap(first, 2 * PAGE);
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void pagesOfAnotherShownByWhoMayShowAllMemory_areNoFault() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    long pages = p.anonymous(2 * PAGE);
    assertThat(p.map(p.read("/dev/mem"), PAGE, PROT_READ, MAP_SHARED, pages)).isEqualTo(pages);
    assertThat(machine.check()).isEmpty();
  }

  /** Whatever it is that comes out of the call. */
  @Test
  void plugin01_readThatEndsInAnError_leavesNoPageBehind() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.reading =
        (into, position) -> {
          throw new OutOfMemoryError("Requested array size exceeds VM limit");
        };
    long free = machine.freePages();
    assertThatThrownBy(() -> p.map(file, 5 * PAGE, READ_WRITE, MAP_PRIVATE))
        .hasMessageContaining("array size");
    assertThat(machine.freePages()).isEqualTo(free);
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void plugin01_closeThatEndsInAnError_leavesNothingMapped(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    TaskCalls other = p.other();
    device.whether =
        (request, address) ->
            Consent.accepted(mapping -> {
              throw new InternalError("confused");
            });
    other.anonymous(3 * PAGE);
    other.map(file, PAGE, READ_WRITE, MAP_SHARED);
    other.map(file, PAGE, READ_WRITE, MAP_SHARED, PAGE);
    other.anonymous(PAGE);
    p.task().close(file);
    try {
      other.task().exit();
    } catch (InternalError passedOn) {
      assertThat(passedOn).hasMessage("confused");
    }
    assertThat(machine.check()).isEmpty();
    assertThat(machine.mappedCopyPages()).isZero();
  }

  @Test
  void plugin01_pagesOfNobodyWhoIsThereAnyMore_areSeenByCheck() throws Exception {
    Board board = TestBoard.withMebibytes(4).build();
    Shortage allocator = Machines.shortage(board);
    Machine machine = machines.bootWithShortage(board, Profile.DOCUMENT, allocator);
    OwnedPages lost = machine.owners().newOwner("a file system of old");
    lost.allocateRun(2);
    assertThat(machine.check())
        .contains("pages: a file system of old has 2, and is neither mounted nor a driver");
    lost.freeAll();
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void trailThatThrows_leavesNoPageBehind() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls p = new TaskCalls(machine.init());
    Trail trail =
        new Trail() {
          @Override
          public void granted(Rule rule, MappedRegion region) {
            throw new IllegalStateException("confused");
          }
        };
    long free = machine.freePages();
    assertThatThrownBy(
            () -> p.task().mmap(0, PAGE, READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0, trail))
        .hasMessage("confused");
    assertThat(machine.freePages()).isEqualTo(free);
  }
}
