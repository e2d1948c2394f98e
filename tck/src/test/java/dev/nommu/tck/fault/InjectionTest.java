package dev.nommu.tck.fault;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.fault.Effect.Damage;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A fault happens to the call that it names, in the way that it says, and to no other. */
final class InjectionTest {
  private static final Setting SETTING =
      new Setting(Profile.DOCUMENT, Reach.FORWARDED, Memory.AS_GIVEN);

  private static Machine boot(Injection injection) throws BoardException {
    return Store.subject(bytes -> bytes).boot(SETTING, injection);
  }

  private static int open(Machine machine) throws ErrnoException {
    return machine.init().open("/dev/store", OpenFlags.O_RDWR);
  }

  private static MemorySegment bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return MemorySegment.ofArray(bytes);
  }

  private static byte[] content(Machine machine, int file) throws ErrnoException {
    byte[] seen = new byte[4];
    machine.init().pread(file, MemorySegment.ofArray(seen), 0);
    return seen;
  }

  private static void assertErrno(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, failure -> assertThat(failure.errno()).isEqualTo(errno));
  }

  @Test
  void fail_isTheNthCallAlone_andChangesNothing() throws Exception {
    Fault fault = new Fault(Operation.WRITE, 2, new Effect.Fail(Errno.ENOSPC));
    Injection injection = new Injection(fault);
    try (Machine machine = boot(injection)) {
      int file = open(machine);
      machine.init().pwrite(file, bytes(1, 1, 1, 1), 0);
      assertThat(injection.reached()).isEmpty();
      assertErrno(Errno.ENOSPC, () -> machine.init().pwrite(file, bytes(2, 2, 2, 2), 0));
      assertThat(injection.reached()).containsExactly(fault);
      assertThat(content(machine, file)).containsExactly(1, 1, 1, 1);
      machine.init().pwrite(file, bytes(3, 3, 3, 3), 0);
      assertThat(injection.tally(Operation.WRITE)).isEqualTo(new Tally(2, 1));
    }
  }

  @Test
  void shorten_movesHalfAndSaysSo() throws Exception {
    Injection injection = new Injection(new Fault(Operation.WRITE, 1, new Effect.Shorten()));
    try (Machine machine = boot(injection)) {
      int file = open(machine);
      assertThat(machine.init().pwrite(file, bytes(1, 1, 1, 1), 0)).isEqualTo(2);
      assertThat(content(machine, file)).containsExactly(1, 1, 0, 0);
    }
  }

  @Test
  void tear_movesHalfAndFails() throws Exception {
    Injection injection = new Injection(new Fault(Operation.WRITE, 1, new Effect.Tear()));
    try (Machine machine = boot(injection)) {
      int file = open(machine);
      assertErrno(Errno.EIO, () -> machine.init().pwrite(file, bytes(1, 1, 1, 1), 0));
      assertThat(content(machine, file)).containsExactly(1, 1, 0, 0);
    }
  }

  @Test
  void delay_holdsTheCallUntilItIsLetGo() throws Exception {
    Hold hold = new Hold();
    Injection injection = new Injection(new Fault(Operation.WRITE, 1, new Effect.Delay(hold)));
    try (Machine machine = boot(injection)) {
      int file = open(machine);
      Task other = machine.init().spawn("other");
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> write(other, file, bytes(1, 1, 1, 1)));
      hold.awaitCall();
      assertThat(writing).isNotDone();
      hold.open();
      writing.join();
      assertThat(content(machine, file)).containsExactly(1, 1, 1, 1);
    }
  }

  @Test
  void lateCall_isMadeWhenAnotherThreadHasLooked() throws Exception {
    Injection injection = new Injection(new Fault(Operation.WRITE, 1, new Effect.Late()));
    try (Machine machine = boot(injection)) {
      int file = open(machine);
      List<Tally> writes = new ArrayList<>();
      injection.watch(() -> writes.add(injection.tally(Operation.WRITE)), Duration.ofSeconds(20));
      machine.init().pwrite(file, bytes(1, 1, 1, 1), 0);
      assertThat(writes).containsExactly(Tally.NONE);
      assertThat(content(machine, file)).containsExactly(1, 1, 1, 1);
      assertThat(injection.heldUp()).isEmpty();
    }
  }

  @Test
  void lateCall_thatHoldsUpOthers_isNamed() throws Exception {
    Injection injection = new Injection(new Fault(Operation.WRITE, 1, new Effect.Late()));
    CountDownLatch never = new CountDownLatch(1);
    try (Machine machine = boot(injection)) {
      int file = open(machine);
      injection.watch(() -> await(never), Duration.ofMillis(1));
      machine.init().pwrite(file, bytes(1), 0);
      assertThat(injection.heldUp()).singleElement().asString().startsWith("write of ");
    } finally {
      never.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(Task task, int file, MemorySegment bytes) {
    try {
      task.pwrite(file, bytes, 0);
    } catch (ErrnoException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void allocation_thatFails_isTheFailureOfTheProbe() throws Exception {
    Injection injection =
        new Injection(new Fault(Operation.ALLOCATION, 1, new Effect.Fail(Errno.ENOMEM)));
    assertThatThrownBy(() -> boot(injection)).hasMessageContaining("injected: allocatePage");
  }

  @Test
  void powerLoss_tearsTheStore_andNothingHappensAfterIt() throws Exception {
    Injection injection =
        new Injection(new Fault(Operation.STORE, 2, new Effect.PowerLoss(Damage.TORN)));
    try (Machine machine = boot(injection)) {
      Task task = machine.init();
      int file = open(machine);
      long registers = task.mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
      task.store(registers, bytes(1, 1, 1, 1));
      assertThatThrownBy(() -> task.store(registers + 4, bytes(2, 2, 2, 2)))
          .isInstanceOf(MemoryFault.class);
      task.store(registers, bytes(3, 3, 3, 3));
      assertErrno(Errno.EIO, () -> task.pwrite(file, bytes(3), 0));
      MemorySegment seen = bytes(0, 0, 0, 0);
      task.load(registers, seen);
      assertThat(seen.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
          .containsExactly(-1, -1, -1, -1);
      assertThat(machine.check()).isEmpty();
    }
  }
}
