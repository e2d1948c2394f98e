package dev.nommu.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Store.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A sweep reaches every n, says so, and finds a plugin that does not bear it. */
final class FaultSweepTest {
  private static final FaultMenu ALLOCATIONS =
      new FaultMenu(
          List.of(new FaultMenu.Dish(Operation.ALLOCATION, new Effect.Fail(Errno.ENOMEM))));

  private static void work(Machine machine) throws ErrnoException {
    int file = machine.init().open("/dev/store", OpenFlags.O_RDWR);
    machine.init().pwrite(file, MemorySegment.ofArray(new byte[8]), 0);
    machine.init().pread(file, MemorySegment.ofArray(new byte[8]), 0);
    machine.init().pwrite(file, MemorySegment.ofArray(new byte[8]), 8);
  }

  private static SweepReport sweep(Subject subject, FaultMenu menu, FaultSweep.Work work)
      throws Exception {
    return FaultSweep.run(subject, Profile.DOCUMENT, menu, work, fault -> {});
  }

  @Test
  void sweep_reachesEveryFault_andBothOutcomesOccur() throws Exception {
    List<Fault> told = new ArrayList<>();
    SweepReport report =
        FaultSweep.run(
            Store.subject(bytes -> bytes),
            Profile.DOCUMENT,
            FaultMenu.ALL,
            FaultSweepTest::work,
            told::add);
    assertThat(report.wrong()).isEmpty();
    assertThat(report.swept()).extracting(Swept::fault).isEqualTo(told);
    assertThat(report.swept()).allMatch(Swept::reached);
    assertThat(report.swept()).anyMatch(each -> each.failure().isPresent());
    assertThat(report.swept()).anyMatch(each -> each.failure().isEmpty());
    assertThat(told).extracting(Fault::what).contains(Operation.READ, Operation.ALLOCATION);
    assertThat(told.stream().filter(fault -> fault.how().equals(new Effect.Fail(Errno.ENOSPC))))
        .extracting(Fault::n)
        .containsExactly(1, 2);
  }

  @Test
  void faultsThatWereReached_proveBothOutcomes() throws Exception {
    SweepReport report = sweep(Store.subject(bytes -> bytes), ALLOCATIONS, FaultSweepTest::work);
    assertThat(report.unproven()).isEmpty();
    assertThat(report)
        .hasToString("1 faults, 1 reached; the work failed 1 times and succeeded 0 times; 0 wrong");
  }

  @Test
  void faultThatIsNotReached_isSaid() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    FaultMenu writes =
        new FaultMenu(List.of(new FaultMenu.Dish(Operation.WRITE, new Effect.Fail(Errno.EIO))));
    SweepReport report =
        sweep(
            Store.subject(bytes -> bytes),
            writes,
            machine -> {
              if (runs.getAndIncrement() == 0) {
                work(machine);
              }
            });
    assertThat(report.unproven())
        .contains(
            "write 1 fails with EIO: was not reached", "write that fails with EIO: no call failed");
  }

  @Test
  void pluginThatFailsOnAFault_isFound() throws Exception {
    SweepReport report =
        sweep(
            Store.subject(Forgetful::new),
            new FaultMenu(List.of(new FaultMenu.Dish(Operation.WRITE, new Effect.Shorten()))),
            FaultSweepTest::work);
    assertThat(report.wrong()).hasSize(2);
    assertThat(report.wrong().getFirst().wrong().getFirst()).contains("PLUGIN-01", "Forgetful");
  }

  @Test
  void workThatFailsWithoutAFault_isRefused() throws Exception {
    Subject subject = Store.subject(bytes -> bytes);
    FaultSweep.Work wrong = machine -> machine.init().open("/dev/absent", OpenFlags.O_RDWR);
    assertThatThrownBy(() -> sweep(subject, ALLOCATIONS, wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ENOENT");
  }

  /** Takes for granted that it is given eight bytes. */
  private static final class Forgetful extends Bytes {
    Forgetful(Bytes bytes) {
      super(bytes);
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return super.write(from.asSlice(0, 8), position);
    }
  }
}
