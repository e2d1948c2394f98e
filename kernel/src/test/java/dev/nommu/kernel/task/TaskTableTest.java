package dev.nommu.kernel.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.process.Member;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.Rival;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
final class TaskTableTest {
  private static final long THREAD = 0x10000 | 0x800 | 0x100;

  @RegisterExtension final Machines machines = new Machines();

  /** A thread that ended before its process had it would stay there: the process never ended. */
  @Test
  void threadThatIsFound_isOneOfItsProcess() throws Exception {
    Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT);
    Task maker = machine.init().spawn("maker");
    List<Task> found = new CopyOnWriteArrayList<>();
    CountDownLatch held = new CountDownLatch(1);
    Rival making;
    Rival holding;
    synchronized (maker.processes().tasks()) {
      making = Rival.start(() -> maker.processes().clone(THREAD));
      holding = Rival.start(() -> maker.life().group().zapOtherThreads(askedUntil(held)));
    }
    Rival looking = Rival.start(() -> found.addAll(machine.tasks()));
    List<Task> early = List.copyOf(found);
    held.countDown();
    assertThat(holding.end()).isEmpty();
    assertThat(making.end()).isEmpty();
    assertThat(looking.end()).isEmpty();
    assertThat(early)
        .as("threads that were found before their process had them")
        .noneMatch(isThreadOf(maker));
  }

  private static Predicate<Task> isThreadOf(Task maker) {
    return task -> task.pid() == maker.pid() && task.tid() != maker.pid();
  }

  /** Returns a thread that is asked, with the lock of all processes held, and does not answer. */
  private static Member askedUntil(CountDownLatch answered) {
    return (Member)
        Proxy.newProxyInstance(
            Member.class.getClassLoader(),
            new Class<?>[] {Member.class},
            (proxy, method, arguments) -> {
              answered.await();
              return true;
            });
  }
}
