package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.testing.FakeDevice;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Shortage;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session in which something fails at each place in turn: all or nothing happens. */
final class ShortageTest {
  private static final int READ_WRITE = PROT_READ | PROT_WRITE;

  @RegisterExtension final Machines machines = new Machines();

  /** Calls that between them allocate in every way there is; returns where they got. */
  private static int session(TaskCalls p) throws ErrnoException {
    int step = 0;
    int data = p.read("/host/data");
    List<Errnable> calls =
        List.of(
            () -> p.anonymous(3 * PAGE),
            () -> p.map(data, 2 * PAGE, PROT_READ, MAP_PRIVATE),
            () -> p.map(data, 3 * PAGE, READ_WRITE, MAP_PRIVATE),
            () -> p.map(p.gathered("/tmp/memory", 3 * PAGE), 3 * PAGE, READ_WRITE, MAP_SHARED),
            () -> p.file("/tmp/written", TaskCalls.pattern(2 * PAGE)),
            () -> p.task().ipc().shmget(5, 2 * PAGE, 01600));
    for (Errnable call : calls) {
      call.make();
      step++;
    }
    return step;
  }

  private interface Errnable {
    long make() throws ErrnoException;
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void copy02_withoutMemoryAtAnyCall_isEnomemAndNothingIsLost(Profile profile) throws Exception {
    int failed = 0;
    for (int allocations = 0; allocations < 20; allocations++) {
      Board board =
          TestBoard.withMebibytes(8).files(Map.of("data", TaskCalls.pattern(3 * PAGE))).build();
      Shortage shortage = Machines.shortage(board);
      Machine machine = machines.bootWithShortage(board, profile, shortage);
      TaskCalls p = new TaskCalls(machine.init());
      shortage.after(allocations);
      try {
        assertThat(session(p)).isEqualTo(6);
      } catch (ErrnoException failure) {
        assertThat(failure.errno()).as(failure.getMessage()).isEqualTo(Errno.ENOMEM);
        failed++;
      }
      assertThat(machine.check()).isEmpty();
    }
    assertThat(failed).isBetween(6, 19);
  }

  @Test
  void copy02_aCallThatFails_changesNeitherMapsNorPages() throws Exception {
    Board board =
        TestBoard.withMebibytes(8).files(Map.of("data", TaskCalls.pattern(3 * PAGE))).build();
    Shortage shortage = Machines.shortage(board);
    Machine machine = machines.bootWithShortage(board, Profile.DOCUMENT, shortage);
    TaskCalls p = new TaskCalls(machine.init());
    int data = p.read("/host/data");
    p.anonymous(PAGE);
    List<String> maps = p.maps();
    long free = machine.freePages();
    shortage.after(0);
    assertErrno(Errno.ENOMEM, () -> p.anonymous(PAGE));
    assertErrno(Errno.ENOMEM, () -> p.map(data, PAGE, PROT_READ, MAP_PRIVATE));
    assertErrno(Errno.ENOMEM, () -> p.map(data, PAGE, READ_WRITE, MAP_PRIVATE));
    assertThat(p.maps()).isEqualTo(maps);
    assertThat(machine.freePages()).isEqualTo(free);
  }

  @Test
  void dir04_copyWithoutMemoryAfterTheDriverDeclined_isEnomem() throws Exception {
    Board board = TestBoard.withMebibytes(8).build();
    Shortage shortage = Machines.shortage(board);
    FakeDevice device = new FakeDevice();
    Machine machine = machines.bootWithShortage(board, Profile.DOCUMENT, shortage, device);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/fake");
    device.whether = (request, address) -> Consent.DECLINED;
    shortage.after(0);
    assertErrno(Errno.ENOMEM, () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE));
    assertThat(p.maps()).isEmpty();
  }

  /** Fails at the n-th call of a driver's operations. */
  private static final class Countdown {
    private int left;

    Countdown(int calls) {
      left = calls;
    }

    void tick() throws ErrnoException {
      if (left-- == 0) {
        throw new ErrnoException(Errno.EIO, "the plug was pulled");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir06_driverThatFailsAtAnyCall_leavesASoundMachine(Profile profile) throws Exception {
    for (int calls = 0; calls < 12; calls++) {
      FakeDevice device = new FakeDevice();
      Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), profile, device);
      TaskCalls p = new TaskCalls(machine.init());
      pullThePlug(device, new Countdown(calls));
      int file = p.write("/dev/fake");
      for (int round = 0; round < 3; round++) {
        attempt(() -> p.map(file, PAGE, READ_WRITE, MAP_SHARED));
        attempt(() -> p.map(file, 2 * PAGE, PROT_READ, MAP_PRIVATE));
        attempt(() -> p.map(file, PAGE, READ_WRITE, MAP_PRIVATE));
      }
      assertThat(machine.check()).isEmpty();
      assertThat(machine.mappedCopyPages()).isEqualTo(profile == Profile.DOCUMENT ? copies(p) : 0);
    }
  }

  private static long copies(TaskCalls p) throws ErrnoException {
    return p.maps().stream().filter(line -> line.contains(" rw-p ")).count();
  }

  private static void pullThePlug(FakeDevice device, Countdown countdown) {
    FakeDevice.Where where = device.where;
    FakeDevice.Whether whether = device.whether;
    FakeDevice.Reading reading = device.reading;
    device.where =
        request -> {
          countdown.tick();
          return where.answer(request);
        };
    device.whether =
        (request, address) -> {
          countdown.tick();
          return whether.answer(request, address);
        };
    device.reading =
        (into, position) -> {
          countdown.tick();
          return reading.answer(into, position);
        };
  }

  private static void attempt(Errnable call) {
    try {
      call.make();
    } catch (ErrnoException failure) {
      assertThat(failure.errno()).isIn(Errno.EIO, Errno.EINVAL);
    }
  }
}
