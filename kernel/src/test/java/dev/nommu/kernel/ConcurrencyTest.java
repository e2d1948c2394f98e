package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several processes at once on one machine. What each of them does is seeded; what comes of it may
 * be any order of their calls. Afterwards the machine must be sound, which its extension checks.
 */
final class ConcurrencyTest {
  private static final int ROUNDS = 1500;
  private static final long SECONDS_UNTIL_DEADLOCK = 60;

  @RegisterExtension final Machines machines = new Machines();

  private Machine boot(Profile profile) {
    return machines.boot(
        TestBoard.withMebibytes(16).files(Map.of("data", TaskCalls.pattern(6 * PAGE))).build(),
        profile);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void together(List<Work> works) throws Exception {
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    List<Future<?>> running = new ArrayList<>();
    for (Work work : works) {
      running.add(threads.submit(() -> done(work)));
    }
    for (Future<?> each : running) {
      each.get(SECONDS_UNTIL_DEADLOCK, TimeUnit.SECONDS);
    }
  }

  private static boolean done(Work work) throws Exception {
    work.run();
    return true;
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void design_processesThatMapAtTheSameTime_leaveASoundMachine(Profile profile) throws Exception {
    Machine machine = boot(profile);
    TaskCalls init = new TaskCalls(machine.init());
    init.gathered("/tmp/memory", 8 * PAGE);
    List<Work> works = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      Session session = new Session(init.other(), seed);
      works.add(session::run);
    }
    together(works);
    assertThat(machine.check()).isEmpty();
  }

  @Test
  void design_oneProcessWithSeveralThreads_leavesASoundMachine() throws Exception {
    Machine machine = boot(Profile.DOCUMENT);
    TaskCalls init = new TaskCalls(machine.init());
    init.gathered("/tmp/memory", 8 * PAGE);
    together(List.of(new Session(init, 11)::run, new Session(init, 12)::run));
    assertThat(machine.check()).isEmpty();
  }

  /** A program that maps, unmaps, resizes and truncates as chance says. */
  private static final class Session {
    /** What may be answered to a correct call that another process was faster than. */
    private static final Set<Errno> ORDINARY =
        Set.of(Errno.EINVAL, Errno.ENOMEM, Errno.ENODEV, Errno.ETXTBSY, Errno.EPERM);

    private final TaskCalls p;
    private final Random random;
    private final List<Long> starts = new ArrayList<>();

    Session(TaskCalls p, long seed) {
      this.p = p;
      this.random = new Random(seed);
    }

    void run() throws Exception {
      int data = p.read("/host/data");
      int memory = p.write("/tmp/memory");
      for (int round = 0; round < ROUNDS; round++) {
        try {
          step(data, memory);
        } catch (ErrnoException failure) {
          assertThat(ORDINARY).as(failure.getMessage()).contains(failure.errno());
        }
      }
    }

    private void step(int data, int memory) throws Exception {
      long length = (1 + random.nextInt(4)) * (long) PAGE;
      long offset = random.nextInt(3) * (long) PAGE;
      switch (random.nextInt(8)) {
        case 0, 1 -> starts.add(p.map(data, length, PROT_READ, MAP_PRIVATE, offset));
        case 2 -> starts.add(p.map(data, length, PROT_READ | PROT_WRITE, MAP_PRIVATE, offset));
        case 3 -> starts.add(p.map(memory, length, PROT_READ | PROT_WRITE, MAP_SHARED, offset));
        case 4 -> starts.add(p.anonymous(length));
        case 5 -> p.task().ftruncate(memory, (1 + random.nextInt(8)) * (long) PAGE);
        case 6 -> p.maps();
        default -> unmap(length);
      }
    }

    private void unmap(long length) throws ErrnoException {
      if (starts.isEmpty()) {
        return;
      }
      long start = starts.remove(random.nextInt(starts.size()));
      if (random.nextInt(3) == 0) {
        p.task().mremap(start, length, PAGE, 0, 0);
        starts.add(start);
        return;
      }
      for (int pages = 1; pages <= 4; pages++) {
        try {
          p.task().munmap(start, (long) pages * PAGE);
          return;
        } catch (ErrnoException anotherLength) {
          assertThat(anotherLength.errno()).isEqualTo(Errno.EINVAL);
        }
      }
    }
  }

  @Test
  void design_procMapsCanBeMappedWhileItIsOpened() throws Exception {
    TaskCalls init = new TaskCalls(boot(Profile.DOCUMENT).init());
    TaskCalls mapper = init.other();
    TaskCalls reader = init.other();
    int maps = mapper.read("/proc/maps");
    together(
        List.of(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                long start = mapper.map(maps, PAGE, PROT_READ, MAP_PRIVATE);
                mapper.task().munmap(start, PAGE);
              }
            },
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                reader.regions();
              }
            }));
  }

  @Test
  void shm06_segmentsCanBeDetachedWhileTheyAreLookedAt() throws Exception {
    TaskCalls init = new TaskCalls(boot(Profile.DOCUMENT).init());
    TaskCalls user = init.other();
    int id = init.task().ipc().shmget(1, PAGE, 01600);
    together(
        List.of(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                user.task().ipc().shmdt(user.task().ipc().shmat(id, 0, 0));
              }
            },
            () -> {
              for (int round = 0; round < ROUNDS * 4; round++) {
                assertThat(init.task().ipc().shmStatus(id).attachments()).isBetween(0, 1);
              }
            }));
  }

  @Test
  void design_machinesInOneJvm_shareNothing() throws Exception {
    Machine one = boot(Profile.DOCUMENT);
    Machine other = boot(Profile.LINUX_6_12);
    TaskCalls p = new TaskCalls(one.init());
    TaskCalls q = new TaskCalls(other.init());
    long here = p.anonymous(PAGE);
    long there = q.anonymous(PAGE);
    assertThat(there).isEqualTo(here);
    p.store(here, "one");
    q.store(there, "two");
    assertThat(p.bytes(here, 3)).containsExactly('o', 'n', 'e');
    p.text("/proc/sys/vm/nr_trim_pages", "7");
    assertThat(q.text("/proc/sys/vm/nr_trim_pages")).isEqualTo("1\n");
    p.gathered("/tmp/only", PAGE);
    assertThat(q.task().tree().list("/tmp")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void design_sameCalls_giveTheSameAddressesInEveryMachine(Profile profile) throws Exception {
    List<List<String>> maps = new ArrayList<>();
    for (int machine = 0; machine < 2; machine++) {
      TaskCalls p = new TaskCalls(boot(profile).init());
      p.gathered("/tmp/memory", 8 * PAGE);
      new Session(p, 99).run();
      maps.add(p.maps());
    }
    assertThat(maps.get(0)).isNotEmpty().isEqualTo(maps.get(1));
  }
}
