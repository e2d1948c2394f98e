package dev.nommu.kernel.task;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WaitingDevice;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Operations of a driver's file that wait. */
@Timeout(20)
final class WaitingFileTest {
  @RegisterExtension final Machines machines = new Machines();

  private final WaitingDevice device = new WaitingDevice();
  private Machine machine;
  private Task init;
  private int file;

  @BeforeEach
  void boot() throws ErrnoException {
    machine = machines.boot(TestBoard.withMebibytes(8).build(), Profile.DOCUMENT, device);
    init = machine.init();
    file = init.open("/dev/waiting", OpenFlags.O_RDWR);
  }

  private static int read(Task task, int file) throws ErrnoException {
    byte[] one = new byte[1];
    assertThat(task.read(file, MemorySegment.ofArray(one))).isEqualTo(1);
    return one[0];
  }

  private static void write(Task task, int file, int value) throws ErrnoException {
    task.write(file, MemorySegment.ofArray(new byte[] {(byte) value}));
  }

  private Background<Integer> waitingRead(Task task) {
    return Background.waiting(task, WaitingDevice.WHAT, () -> read(task, file));
  }

  @Test
  void wait01_whileOneOperationWaits_othersOfTheInodeGoOn() throws Exception {
    Background<Integer> reader = waitingRead(init);
    Background<Integer> second = Background.of(() -> read(init, file));
    write(init, file, 5);
    int other = init.open("/dev/waiting", OpenFlags.O_RDWR);
    write(init, other, 6);
    assertThat(reader.result() + second.result()).isEqualTo(11);
  }

  @Test
  void wait01_ioctlAndOpenWaitToo() throws Exception {
    Background<Long> control =
        Background.waiting(init, WaitingDevice.WHAT, () -> init.ioctl(file, WaitingDevice.TAKE, 0));
    write(init, file, 7);
    assertThat(control.result()).isEqualTo(7);
    device.opening = () -> !device.bytes.isEmpty();
    Background<Integer> opening =
        Background.waiting(
            init, WaitingDevice.WHAT, () -> init.open("/dev/waiting", OpenFlags.O_RDONLY));
    write(init, file, 8);
    assertThat(read(init, opening.result())).isEqualTo(8);
  }

  @Test
  void wait01_preadAndPwriteAreSuchOperations() throws Exception {
    byte[] one = new byte[1];
    Background<Long> reader =
        Background.waiting(
            init, WaitingDevice.WHAT, () -> init.pread(file, MemorySegment.ofArray(one), 0));
    init.pwrite(file, MemorySegment.ofArray(new byte[] {3}), 0);
    assertThat(reader.result()).isEqualTo(1);
    assertThat(one).containsExactly(3);
  }

  /** The condition stops when it is looked at for the n-th time, in which a byte is received. */
  private void receiveInLook(int look) throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch received = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    device.condition =
        () -> {
          boolean there = !device.bytes.isEmpty();
          if (looks.incrementAndGet() == look) {
            looking.countDown();
            awaitByJavasMeans(received);
          }
          return there;
        };
    Background<Integer> reader = Background.of(() -> read(init, file));
    looking.await();
    device.receive(9);
    received.countDown();
    assertThat(reader.result()).isEqualTo(9);
  }

  @Test
  void wait02_wakeUpBeforeTheOperationIsInTheQueue_isNotLost() throws Exception {
    receiveInLook(1);
  }

  @Test
  void wait02_wakeUpBetweenTheLastLookAndTheSleep_isNotLost() throws Exception {
    receiveInLook(2);
  }

  @Test
  void wait03_signal_endsTheWaitWithEintr() throws Exception {
    Task task = init.spawn("task");
    task.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
    Background<Integer> reader = waitingRead(task);
    init.processes().kill(task.pid(), Signal.SIGUSR1);
    assertErrno(Errno.EINTR, reader::awaitResult);
    assertThat(device.calls).containsExactly("read", "read ends");
    device.receive(1);
    assertThat(read(task, file)).isEqualTo(1);
  }

  /** An interrupted task gets the lock of the inode only when the file is closed too. */
  @Test
  void wait03_signalBeforeTheFileIsClosed_isEintr() throws Exception {
    int own = init.open("/dev/waiting", OpenFlags.O_RDONLY);
    init.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
    Background<Integer> reader =
        Background.waiting(init, WaitingDevice.WHAT, () -> read(init, own));
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    device.polling =
        () -> {
          locked.countDown();
          awaitByJavasMeans(goOn);
          return Set.of(PollEvent.IN);
        };
    List<PollFd> polled = List.of(PollFd.of(file, PollEvent.IN));
    Background<?> poller = Background.of(() -> init.descriptors().poll(polled, Optional.empty()));
    locked.await();
    init.processes().kill(init.pid(), Signal.SIGUSR1);
    Background<Boolean> closer = Background.of(() -> close(own));
    while (closer.thread().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    assertErrno(Errno.EINTR, reader::awaitResult);
    poller.result();
    closer.result();
  }

  private boolean close(int descriptor) throws ErrnoException {
    init.close(descriptor);
    return true;
  }

  private static void awaitByJavasMeans(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  @Test
  void wait03_killedProgram_ends() throws Exception {
    Task program = init.spawn("program", own -> read(own, file));
    Background.awaitWait(program, WaitingDevice.WHAT);
    init.processes().kill(program.pid(), Signal.SIGKILL);
    assertThat(program.join()).isEqualTo(new WaitStatus.Signaled(Signal.SIGKILL));
    assertThat(device.calls).containsExactly("read", "read ends");
  }

  @Test
  void wait03_endOfTheMachine_endsEveryWait() throws Exception {
    Task program = init.spawn("program", own -> read(own, file));
    Background.awaitWait(program, WaitingDevice.WHAT);
    Background<Integer> outside = waitingRead(init);
    machine.close();
    assertErrno(Errno.ESRCH, outside::awaitResult);
    assertThat(program.status()).contains(new WaitStatus.Signaled(Signal.SIGKILL));
    outside.thread().join();
    assertThat(device.calls).endsWith("close").containsOnlyOnce("close");
  }

  @Test
  void wait04_withONonblock_isEagain() throws Exception {
    int other = init.open("/dev/waiting", OpenFlags.O_RDWR | OpenFlags.O_NONBLOCK);
    assertErrno(Errno.EAGAIN, () -> read(init, other));
    assertErrno(Errno.EAGAIN, () -> init.ioctl(other, WaitingDevice.TAKE, 0));
    write(init, other, 4);
    assertThat(read(init, other)).isEqualTo(4);
    device.opening = () -> false;
    assertErrno(
        Errno.EAGAIN, () -> init.open("/dev/waiting", OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK));
  }

  @Test
  void wait04_flagsChangedByFcntl_holdForTheNextWait() throws Exception {
    init.descriptors().fcntl(file, DescriptorCalls.F_SETFL, OpenFlags.O_NONBLOCK);
    assertErrno(Errno.EAGAIN, () -> read(init, file));
    init.descriptors().fcntl(file, DescriptorCalls.F_SETFL, 0);
    Background<Integer> reader = waitingRead(init);
    device.receive(2);
    assertThat(reader.result()).isEqualTo(2);
  }

  @Test
  void wait05_closeOfTheFile_endsItsWaitsWithEbadfAndClosesItAfterThem() throws Exception {
    int other = init.open("/dev/waiting", OpenFlags.O_RDWR);
    Background<Integer> ofOther =
        Background.waiting(init, WaitingDevice.WHAT, () -> read(init, other));
    Background<Integer> reader = Background.of(() -> read(init, file));
    while (init.waitsFor().size() < 2) {
      Thread.onSpinWait();
    }
    init.close(file);
    assertErrno(Errno.EBADF, reader::awaitResult);
    assertThat(device.calls).containsExactly("read", "read", "read ends", "close");
    device.receive(3);
    assertThat(ofOther.result()).isEqualTo(3);
  }

  /** The closing task and the one it wakes race for the lock of the inode; so many times. */
  @Test
  void wait05_file_isClosedAfterItsLastOperationInEveryRound() throws Exception {
    for (int round = 0; round < 100; round++) {
      device.calls.clear();
      int own = init.open("/dev/waiting", OpenFlags.O_RDONLY);
      Background<Integer> reader =
          Background.waiting(init, WaitingDevice.WHAT, () -> read(init, own));
      init.close(own);
      assertErrno(Errno.EBADF, reader::awaitResult);
      assertThat(device.calls).containsExactly("read", "read ends", "close");
    }
  }

  @Test
  void wait05_fileWithAnotherDescriptor_isNotClosed() throws Exception {
    Background<Integer> reader = waitingRead(init);
    int copy = init.dup(file);
    init.close(file);
    write(init, copy, 6);
    assertThat(reader.result()).isEqualTo(6);
    assertThat(device.calls).doesNotContain("close");
  }

  @Test
  void wait06_whereNobodyCanWait_isEagain() {
    assertErrno(Errno.EAGAIN, () -> device.queue().await(() -> false));
  }

  @Test
  void wait06_readOfACopyMappingDoesNotWait() {
    assertErrno(
        Errno.EAGAIN,
        () -> init.mmap(0, 1, MmapArguments.PROT_READ, MmapArguments.MAP_PRIVATE, file, 0));
  }

  @Test
  void wait07_timeoutOfTheDriver_isByTheMachinesClock() throws Exception {
    long second = Duration.ofSeconds(1).toNanos();
    assertThat(init.ioctl(file, WaitingDevice.WAIT_FOR_NANOS, second)).isZero();
    assertThat(machine.clock().nanos()).isEqualTo(second);
    write(init, file, 1);
    assertThat(init.ioctl(file, WaitingDevice.WAIT_FOR_NANOS, second)).isEqualTo(1);
    assertThat(machine.clock().nanos()).isEqualTo(second);
  }

  @Test
  void plugin01_conditionThatThrows_isEioAndLeavesNothingLocked() throws Exception {
    device.condition =
        () -> {
          throw new IllegalStateException("broken");
        };
    ErrnoException failure = failureOf(() -> read(init, file));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure).hasMessageContaining(WaitingDevice.class.getName());
    write(init, file, 1);
    device.condition = () -> true;
    assertThat(read(init, file)).isEqualTo(1);
  }
}
