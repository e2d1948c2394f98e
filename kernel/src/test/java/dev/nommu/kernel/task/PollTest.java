package dev.nommu.kernel.task;

import static dev.nommu.api.PollEvent.ERR;
import static dev.nommu.api.PollEvent.HUP;
import static dev.nommu.api.PollEvent.IN;
import static dev.nommu.api.PollEvent.NVAL;
import static dev.nommu.api.PollEvent.OUT;
import static dev.nommu.api.PollEvent.PRI;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.Profile;
import dev.nommu.api.WaitQueue;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Disposition;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.UnnamedFileCalls.PipeDescriptors;
import dev.nommu.kernel.testing.Background;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.kernel.testing.WaitingDevice;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** poll(2). What is expected of pipes is what Linux 6.18 answers. */
@Timeout(20)
final class PollTest {
  private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);
  private static final Optional<Duration> FOR_EVER = Optional.empty();
  private static final int CAPACITY = 65536;
  private static final int PIPE_BUF = 4096;

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

  private static List<Set<PollEvent>> poll(Task task, Optional<Duration> timeout, PollFd... entries)
      throws ErrnoException {
    return task.descriptors().poll(List.of(entries), timeout);
  }

  /** Returns what there is to tell of one file now. */
  private Set<PollEvent> now(int descriptor) throws ErrnoException {
    return poll(init, AT_ONCE, PollFd.of(descriptor, IN, PRI, OUT)).getFirst();
  }

  private Background<List<Set<PollEvent>>> waitingPoll(Task task, PollFd... entries) {
    return Background.waiting(task, "poll", () -> poll(task, FOR_EVER, entries));
  }

  @Test
  void poll01_tellsOfEachWhatWasAskedForAndIs() throws Exception {
    device.receive(1);
    assertThat(
            poll(
                init,
                FOR_EVER,
                PollFd.of(file, IN),
                PollFd.of(-1, IN),
                PollFd.of(file, OUT),
                PollFd.of(file, PRI),
                PollFd.of(99, IN)))
        .containsExactly(Set.of(IN), Set.of(), Set.of(OUT), Set.of(), Set.of(NVAL));
  }

  @Test
  void poll01_waitsUntilOneOfThemIsReady() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    PollFd[] both = {PollFd.of(pipe.read(), IN), PollFd.of(file, IN)};
    Background<List<Set<PollEvent>>> ofDevice = waitingPoll(init, both);
    device.receive(1);
    assertThat(ofDevice.result()).containsExactly(Set.of(), Set.of(IN));
    device.bytes.clear();
    Background<List<Set<PollEvent>>> ofPipe = waitingPoll(init, both);
    init.write(pipe.write(), MemorySegment.ofArray(new byte[1]));
    assertThat(ofPipe.result()).containsExactly(Set.of(IN), Set.of());
  }

  @Test
  void poll01_timeout_isByTheMachinesClock() throws Exception {
    Duration second = Duration.ofSeconds(1);
    assertThat(poll(init, Optional.of(second), PollFd.of(file, IN))).containsExactly(Set.of());
    assertThat(machine.clock().nanos()).isEqualTo(second.toNanos());
    assertThat(poll(init, Optional.of(second))).isEmpty();
    assertThat(machine.clock().nanos()).isEqualTo(2 * second.toNanos());
  }

  @Test
  void poll01_signal_isEintr() throws Exception {
    Task task = init.spawn("task");
    task.processes().sigaction(Signal.SIGUSR1, new Disposition.Handle(signal -> {}));
    Background<List<Set<PollEvent>>> polling = waitingPoll(task, PollFd.of(file, IN));
    init.processes().kill(task.pid(), Signal.SIGUSR1);
    assertErrno(Errno.EINTR, polling::awaitResult);
  }

  @Test
  void poll01_moreEntriesThanDescriptors_orANegativeTimeout_isEinval() {
    List<PollFd> many = Collections.nCopies(1025, PollFd.of(-1));
    assertErrno(Errno.EINVAL, () -> init.descriptors().poll(many, AT_ONCE));
    assertErrno(Errno.EINVAL, () -> poll(init, Optional.of(Duration.ofNanos(-1))));
  }

  @Test
  void poll02_fileWithoutTheSlot_isAlwaysReady() throws Exception {
    int regular = init.open("/tmp/file", OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0600);
    assertThat(now(regular)).containsExactlyInAnyOrder(IN, OUT);
    assertThat(now(init.open("/tmp", OpenFlags.O_RDONLY))).containsExactlyInAnyOrder(IN, OUT);
    assertThat(now(init.open("/tmp", OpenFlags.O_PATH))).containsExactly(NVAL);
  }

  @Test
  void poll03_pipe_canBeReadWhenThereIsSomethingAndWrittenWhileThereIsRoom() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe2(OpenFlags.O_NONBLOCK);
    assertThat(now(pipe.read())).isEmpty();
    assertThat(now(pipe.write())).containsExactly(OUT);
    init.write(pipe.write(), MemorySegment.ofArray(new byte[CAPACITY]));
    assertThat(now(pipe.read())).containsExactly(IN);
    assertThat(now(pipe.write())).isEmpty();
    init.read(pipe.read(), MemorySegment.ofArray(new byte[PIPE_BUF - 1]));
    assertThat(now(pipe.write())).isEmpty();
    init.read(pipe.read(), MemorySegment.ofArray(new byte[1]));
    assertThat(now(pipe.write())).containsExactly(OUT);
  }

  @Test
  void poll03_pipeWithoutWriters_isHungUp() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    init.write(pipe.write(), MemorySegment.ofArray(new byte[1]));
    Background<List<Set<PollEvent>>> polling = waitingPoll(init, PollFd.of(pipe.read()));
    init.close(pipe.write());
    assertThat(polling.result()).containsExactly(Set.of(HUP));
    assertThat(now(pipe.read())).containsExactlyInAnyOrder(IN, HUP);
    init.read(pipe.read(), MemorySegment.ofArray(new byte[1]));
    assertThat(now(pipe.read())).containsExactly(HUP);
  }

  @Test
  void poll03_pipeWithoutReaders_isAnError() throws Exception {
    PipeDescriptors pipe = init.unnamedFiles().pipe();
    Background<List<Set<PollEvent>>> polling = waitingPoll(init, PollFd.of(pipe.write()));
    init.close(pipe.read());
    assertThat(polling.result()).containsExactly(Set.of(ERR));
    assertThat(now(pipe.write())).containsExactlyInAnyOrder(OUT, ERR);
  }

  @Test
  void poll03_namedPipe_isHungUpOnceAWriterHasGone() throws Exception {
    init.tree().create("/tmp/fifo", NewInode.fifo(0600));
    int reading = OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK;
    int first = init.open("/tmp/fifo", reading);
    assertThat(now(first)).isEmpty();
    int writer = init.open("/tmp/fifo", OpenFlags.O_WRONLY);
    int second = init.open("/tmp/fifo", reading);
    assertThat(now(second)).isEmpty();
    init.close(writer);
    assertThat(now(first)).containsExactly(HUP);
    assertThat(now(second)).containsExactly(HUP);
    assertThat(now(init.open("/tmp/fifo", reading))).isEmpty();
  }

  /** The device stops when it is asked for the n-th time, in which a byte is received. */
  private void receiveInLook(BooleanSupplier isTheOne) throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch received = new CountDownLatch(1);
    device.polling =
        () -> {
          boolean empty = device.bytes.isEmpty();
          if (isTheOne.getAsBoolean()) {
            looking.countDown();
            awaitByJavasMeans(received);
          }
          return empty ? Set.of() : Set.of(IN);
        };
    Background<List<Set<PollEvent>>> polling =
        Background.of(() -> poll(init, FOR_EVER, PollFd.of(file, IN)));
    looking.await();
    device.receive(9);
    received.countDown();
    assertThat(polling.result()).containsExactly(Set.of(IN));
  }

  private static void awaitByJavasMeans(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      throw new AssertionError(interrupt);
    }
  }

  @Test
  void poll04_wakeUpBetweenTheLookAndTheSleep_isNotLost() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    receiveInLook(() -> looks.incrementAndGet() == 1);
  }

  @Test
  void poll05_closedWhileItIsPolled_isNval() throws Exception {
    Background<List<Set<PollEvent>>> polling = waitingPoll(init, PollFd.of(file, IN));
    init.close(file);
    assertThat(polling.result()).containsExactly(Set.of(NVAL));
    assertThat(device.calls).containsExactly("close");
  }

  private void assertBlamed(String operation) {
    ErrnoException failure = failureOf(() -> now(file));
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure)
        .hasMessageContaining(WaitingDevice.class.getName())
        .hasMessageContaining(operation)
        .hasMessageContaining("[PLUGIN-01]");
  }

  @Test
  void plugin01_answerThatCannotBe_isEio() {
    device.polling = () -> Set.of(NVAL);
    assertBlamed("poll");
    device.polling = () -> Collections.singleton(null);
    assertBlamed("poll");
    device.polling =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertBlamed("poll");
    device.queueing = ForeignQueue::new;
    assertBlamed("queue");
  }

  /** A queue that is not the kernel's. */
  private static final class ForeignQueue implements WaitQueue {
    @Override
    public void await(BooleanSupplier condition) {}

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) {
      return true;
    }

    @Override
    public void wakeAll() {}
  }
}
