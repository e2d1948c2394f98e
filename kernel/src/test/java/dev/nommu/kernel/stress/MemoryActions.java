package dev.nommu.kernel.stress;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.stress.Action.patient;
import static dev.nommu.kernel.stress.Action.prompt;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.FutexScope;
import dev.nommu.kernel.ipc.ShmStatus;
import dev.nommu.kernel.testing.TaskCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a task does with memory of its own and of others. */
final class MemoryActions {
  private static final int SEGMENTS = 4;
  private static final int IPC_CREAT = 01000;

  static final List<Action> ALL =
      Stream.of(
              prompt(5, "mmap anonymous", MemoryActions::mapAnonymous),
              prompt(8, "mmap a file", MemoryActions::mapFile),
              prompt(8, "munmap", MemoryActions::unmap),
              prompt(3, "mremap", MemoryActions::remap),
              prompt(2, "brk", MemoryActions::brk),
              prompt(4, "load", a -> a.task().load(a.address(), a.buffer())),
              prompt(4, "store", a -> a.task().store(a.address(), a.buffer())),
              prompt(1, "memory", a -> a.task().memory(a.address(), a.length())),
              prompt(2, "shmget", MemoryActions::shmget),
              prompt(2, "shmat", MemoryActions::shmat),
              prompt(2, "shmdt", a -> a.task().ipc().shmdt(a.forgotten().address())),
              prompt(1, "shmctl IPC_RMID", a -> a.task().ipc().shmRemove(segment(a))),
              patient(2, "futex wait", MemoryActions::futexWait),
              prompt(2, "futex wake", a -> a.task().ipc().futexWake(word(a), FutexScope.SHARED, 2)),
              prompt(1, "futex requeue", MemoryActions::futexRequeue))
          .flatMap(List::stream)
          .toList();

  private MemoryActions() {}

  private static int protection(Actor a) {
    return PROT_READ | a.someOf(PROT_WRITE) | (a.oneIn(4) ? PROT_EXEC : 0);
  }

  private static void mapAnonymous(Actor a) throws ErrnoException {
    long length = a.length();
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    a.remember(a.task().mmap(0, length, protection(a), flags, -1, 0), length);
  }

  private static void mapFile(Actor a) throws ErrnoException {
    int sharing = a.oneOf(MAP_PRIVATE, MAP_SHARED);
    long offset = a.oneIn(2) ? 0 : a.offset();
    long length = a.length();
    a.remember(a.task().mmap(0, length, protection(a), sharing, a.descriptor(), offset), length);
  }

  private static void unmap(Actor a) throws ErrnoException {
    Actor.Mapped all = a.forgotten();
    a.task().munmap(all.address(), a.oneIn(4) ? a.length() : all.length());
  }

  private static void remap(Actor a) throws ErrnoException {
    Actor.Mapped old = a.mapped();
    long length = a.length();
    a.remember(a.task().mremap(old.address(), old.length(), length, 0, 0), length);
  }

  private static void brk(Actor a) {
    long heap = a.task().brk(0);
    a.task().brk(heap + a.length() - 2L * TaskCalls.PAGE);
  }

  private static void shmget(Actor a) throws ErrnoException {
    a.task().ipc().shmget(1 + a.below(SEGMENTS), a.length(), IPC_CREAT | 0666);
  }

  /** Returns the number of a segment that is there, if there are any. */
  private static int segment(Actor a) throws ErrnoException {
    List<ShmStatus> all = SharedSegments.all(a.task().ipc());
    return all.isEmpty() ? 0 : all.get(a.below(all.size())).id();
  }

  private static void shmat(Actor a) throws ErrnoException {
    a.remember(a.task().ipc().shmat(segment(a), 0, 0), TaskCalls.PAGE);
  }

  private static long word(Actor a) {
    return a.address() + 4L * a.below(2);
  }

  private static void futexWait(Actor a) throws ErrnoException {
    Optional<Duration> limit =
        a.oneIn(4) ? Optional.empty() : Optional.of(Duration.ofMillis(a.below(10)));
    a.task().ipc().futexWait(word(a), FutexScope.SHARED, 0, limit);
  }

  private static void futexRequeue(Actor a) throws ErrnoException {
    a.task().ipc().futexRequeue(word(a), FutexScope.SHARED, 1, 2, word(a));
  }
}
