package dev.nommu.kernel;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.ConcurrentlyReadableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files that are read while something else happens to them. */
final class ConcurrentReadTest {
  private static final long SECONDS_UNTIL_DEADLOCK = 60;
  private static final int SIZE = 64 * PAGE;

  @RegisterExtension final Machines machines = new Machines();

  /** What a plugin does when it is read or written. */
  private interface Move {
    void make() throws Exception;
  }

  /** A device whose files guard themselves. */
  private static final class Guarded implements DeviceDriver {
    private Move reading = () -> {};
    private Move writing = () -> {};

    @Override
    public String name() {
      return "guarded";
    }

    @Override
    public Set<String> compatible() {
      return Set.of();
    }

    @Override
    public void init(DeviceContext given) throws ErrnoException {
      given.registerCharacterDevice("guarded", new DeviceNumber(241, 0), this::open);
    }

    private OpenFile open(OpenFlags flags) {
      return new GuardedFile(this);
    }
  }

  private record GuardedFile(Guarded device) implements ConcurrentlyReadableFile, WritableFile {
    @Override
    public long read(MemorySegment into, long position) {
      return moved(device.reading, into);
    }

    @Override
    public long write(MemorySegment from, long position) {
      return moved(device.writing, from);
    }

    private static long moved(Move move, MemorySegment bytes) {
      try {
        move.make();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
      return bytes.byteSize();
    }
  }

  private TaskCalls boot(Guarded device) {
    return new TaskCalls(
        machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, device).init());
  }

  private static MemorySegment bytes(int length) {
    return MemorySegment.ofArray(new byte[length]);
  }

  @Test
  void fileThatGuardsItself_isReadWhileItIsWritten() throws Exception {
    Guarded device = new Guarded();
    TaskCalls p = boot(device);
    int file = p.write("/dev/guarded");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    device.writing =
        () -> {
          begun.countDown();
          assertThat(read.await(SECONDS_UNTIL_DEADLOCK, TimeUnit.SECONDS)).isTrue();
        };
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Long> written = threads.submit(() -> p.task().pwrite(file, bytes(7), 0));
      begun.await();
      assertThat(p.task().pread(file, bytes(5), 0)).isEqualTo(5);
      read.countDown();
      assertThat(written.get()).isEqualTo(7);
    }
  }

  @Test
  void fileThatIsClosedWhileItIsRead_isEbadf() throws Exception {
    Guarded device = new Guarded();
    TaskCalls p = boot(device);
    int file = p.write("/dev/guarded");
    device.reading = () -> p.task().close(file);
    assertErrno(Errno.EBADF, () -> p.task().pread(file, bytes(5), 0));
  }

  /** No lock of its inode holds up the end of the machine, which waits for it all the same. */
  @Test
  void fileThatGuardsItself_keepsTheMemoryOfAClosedMachineWhileItIsRead() throws Exception {
    Guarded device = new Guarded();
    Machine machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, device);
    MemorySegment ram = machine.memory().ramAt(TestBoard.RAM, PAGE);
    TaskCalls p = new TaskCalls(machine.init());
    int file = p.write("/dev/guarded");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    device.reading =
        () -> {
          begun.countDown();
          goesOn.await();
        };
    Background<Long> reader = Background.of(() -> p.task().pread(file, bytes(5), 0));
    begun.await();
    machine.close(Duration.ofMillis(100));
    assertThat(ram.scope().isAlive()).isTrue();
    assertThat(machine.log().lines())
        .anyMatch(line -> line.startsWith("close: thread") && line.contains("task 1 (init)"));
    goesOn.countDown();
    assertErrno(Errno.EBADF, reader::awaitResult);
    machine.close(Duration.ofSeconds(SECONDS_UNTIL_DEADLOCK));
    assertThat(ram.scope().isAlive()).isFalse();
  }

  /** The reader's file gives its pages back again and again, and another file takes them. */
  @Test
  void fileOfRamfs_thatIsCutWhileItIsRead_neverShowsAnothersPages() throws Exception {
    TaskCalls p = new TaskCalls(machines.boot(Profile.DOCUMENT).init());
    int cut = p.gathered("/tmp/cut", SIZE);
    int other = p.gathered("/tmp/other", 0);
    byte[] foreign = new byte[SIZE];
    Arrays.fill(foreign, (byte) 0x55);
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Long> reading = threads.submit(() -> read(p, cut, done));
      try {
        for (int round = 0; round < 3000; round++) {
          p.task().ftruncate(cut, 0);
          p.task().ftruncate(other, SIZE);
          p.task().pwrite(other, MemorySegment.ofArray(foreign), 0);
          p.task().ftruncate(other, 0);
          p.task().ftruncate(cut, SIZE);
        }
      } finally {
        done.set(true);
      }
      assertThat(reading.get()).isPositive();
    }
  }

  private static long read(TaskCalls p, int file, AtomicBoolean until) throws Exception {
    MemorySegment into = bytes(SIZE);
    long whole = 0;
    while (!until.get() || whole == 0) {
      long count = p.task().pread(file, into, 0);
      assertThat(count).isIn(0L, (long) SIZE);
      for (long at = 0; at < into.byteSize(); at += Long.BYTES) {
        if (into.get(ValueLayout.JAVA_LONG_UNALIGNED, at) != 0) {
          throw new AssertionError("byte %d of %d is another file's".formatted(at, count));
        }
      }
      whole += count;
    }
    return whole;
  }
}
