package dev.nommu.kernel.futex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.CloneFlags;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The locks that an ending thread leaves to threads that share its memory (rule FUTEX-10). */
@Timeout(20)
final class RobustListTest {
  private static final long THREAD =
      CloneFlags.CLONE_VM | CloneFlags.CLONE_SIGHAND | CloneFlags.CLONE_THREAD;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int WAITERS = 0x8000_0000;
  private static final int OWNER_DIED = 0x4000_0000;

  /** From an entry of the list to its futex. */
  private static final long OFFSET = 16;

  @RegisterExtension final Machines machines = new Machines();
  private Machine machine;
  private Task process;
  private Task thread;
  private long page;
  private MemorySegment memory;

  @BeforeEach
  void boot() throws Exception {
    machine = machines.boot(Profile.LINUX_6_12);
    process = machine.init().spawn("process");
    thread = process.processes().clone(THREAD);
    page = new TaskCalls(process).anonymous(4096);
    memory = machine.memory().at(page, 4096);
  }

  /** Creates a list at the start of the page of entries at these places, and a pending one. */
  private void list(long pending, long... entries) {
    long at = 0;
    for (long entry : entries) {
      memory.set(LONG, at, page + entry);
      at = entry;
    }
    memory.set(LONG, at, page);
    memory.set(LONG, 8, OFFSET);
    memory.set(LONG, 16, pending == 0 ? 0 : page + pending);
    thread.ipc().robustList(page);
  }

  private void futex(long entry, int value) {
    memory.set(INT, entry + OFFSET, value);
  }

  private int futex(long entry) {
    return memory.get(INT, entry + OFFSET);
  }

  @Test
  void futex10_locksOfAThreadThatEnds_areMarked() {
    futex(64, thread.tid());
    futex(128, thread.tid() | WAITERS);
    futex(192, process.tid());
    list(0, 64, 128, 192);
    thread.processes().exitThread(0);
    assertThat(futex(64)).isEqualTo(OWNER_DIED);
    assertThat(futex(128)).isEqualTo(OWNER_DIED | WAITERS);
    assertThat(futex(192)).isEqualTo(process.tid());
  }

  @Test
  void futex10_whoWaitsForALockOfAThreadThatIsKilled_isWoken() throws Exception {
    int value = thread.tid() | WAITERS;
    futex(64, value);
    list(0, 64);
    Task waiter =
        process
            .processes()
            .clone(
                CloneFlags.CLONE_VM,
                own -> {
                  own.ipc()
                      .futexWait(page + 64 + OFFSET, FutexScope.SHARED, value, Optional.empty());
                  return 5;
                });
    while (waiter.waitsFor().isEmpty()) {
      Thread.onSpinWait();
    }
    machine.init().processes().kill(process.pid(), Signal.SIGKILL);
    assertThat(waiter.join().raw()).isEqualTo(5 << 8);
  }

  @Test
  void futex10_lockThatWasAboutToBeTaken_isMarkedIfItWas() {
    futex(64, thread.tid());
    list(64);
    thread.processes().exitThread(0);
    assertThat(futex(64)).isEqualTo(OWNER_DIED);
  }

  @Test
  void futex10_listThatIsACircleOrPointsNowhere_endsNevertheless() throws Exception {
    futex(64, thread.tid());
    list(0, 64);
    memory.set(LONG, 64, page + 64);
    thread.processes().exitThread(0);
    assertThat(futex(64)).isEqualTo(OWNER_DIED);
    Task other = process.processes().clone(THREAD);
    other.ipc().robustList(3);
    other.processes().clearChildId(8);
    other.processes().exitThread(0);
    assertThat(other.status()).isPresent();
  }

  @Test
  void futex10_childId_isClearedForWhoJoinsAndNotIfNobodyIsLeft() throws Exception {
    memory.set(INT, 512, 77);
    thread.processes().clearChildId(page + 512);
    thread.processes().exitThread(0);
    assertThat(memory.get(INT, 512)).isZero();
  }

  @Test
  void futex10_listBegins_whereItWasSaid() {
    thread.ipc().robustList(page);
    assertThat(thread.ipc().robustList()).isEqualTo(page);
    assertThat(process.ipc().robustList()).isZero();
  }
}
