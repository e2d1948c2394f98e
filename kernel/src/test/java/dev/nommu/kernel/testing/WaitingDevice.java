package dev.nommu.kernel.testing;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.CharacterDevice;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DeviceContext;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MappableFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WaitQueue;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * {@code /dev/waiting}, of which one byte at a time can be read once somebody has written it or a
 * test has put it there. What an operation waits for is the test's to say.
 */
public final class WaitingDevice implements DeviceDriver {
  /** What it is called in {@code Task.waitsFor}. */
  public static final String WHAT = "a byte";

  /** An ioctl that reads a byte. */
  public static final int TAKE = 1;

  /** An ioctl that waits for a byte for some time and returns whether there is one. */
  public static final int WAIT_FOR_NANOS = 3;

  /** Which operations began and ended, in order. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  /** With which flags it was opened. */
  public final List<OpenFlags> opened = new CopyOnWriteArrayList<>();

  /** What it has received and nobody has read. */
  public final Queue<Byte> bytes = new ConcurrentLinkedQueue<>();

  /** What read and ioctl wait for. */
  public BooleanSupplier condition = () -> !bytes.isEmpty();

  /** What open waits for: nothing. */
  public BooleanSupplier opening = () -> true;

  /** What it says of itself when it is polled. */
  public Polling polling = this::events;

  /** Where those who poll it wait. */
  public Queueing queueing = this::queue;

  private Optional<DeviceContext> context = Optional.empty();
  private Optional<WaitQueue> queue = Optional.empty();

  /** Creates a device that has received nothing. */
  public WaitingDevice() {}

  /** Answers a poll. */
  @FunctionalInterface
  public interface Polling {
    /** Returns what can be done. */
    Set<PollEvent> events();
  }

  /** Says where those who poll wait. */
  @FunctionalInterface
  public interface Queueing {
    /** Returns what is woken. */
    WaitQueue queue();
  }

  /** Returns where its operations wait. */
  public WaitQueue queue() {
    return queue.orElseThrow();
  }

  /** Returns what it got from the kernel. */
  public DeviceContext context() {
    return context.orElseThrow();
  }

  /** Receives a byte. */
  public void receive(int value) {
    bytes.add((byte) value);
    queue().wakeAll();
  }

  private Set<PollEvent> events() {
    return bytes.isEmpty() ? EnumSet.of(PollEvent.OUT) : EnumSet.of(PollEvent.IN, PollEvent.OUT);
  }

  @Override
  public String name() {
    return "waiting";
  }

  @Override
  public Set<String> compatible() {
    return Set.of();
  }

  @Override
  public void init(DeviceContext given) throws ErrnoException {
    context = Optional.of(given);
    queue = Optional.of(given.newWaitQueue(WHAT));
    CharacterDevice device =
        flags -> {
          opened.add(flags);
          queue().await(() -> opening.getAsBoolean());
          return new Opened();
        };
    given.registerCharacterDevice("waiting", new DeviceNumber(242, 0), device);
  }

  private final class Opened
      implements ReadableFile, WritableFile, ControllableFile, MappableFile, PollableFile {
    @Override
    public Optional<BackingDeviceInfo> backingDeviceInfo() {
      return Optional.of(BackingDeviceInfo.COPY);
    }

    @Override
    public long read(MemorySegment into, long position) throws ErrnoException {
      into.set(ValueLayout.JAVA_BYTE, 0, take("read"));
      return 1;
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
      return switch (command) {
        case TAKE -> take("ioctl");
        case WAIT_FOR_NANOS -> queue().await(condition, Duration.ofNanos(argument)) ? 1 : 0;
        default -> throw new ErrnoException(Errno.ENOTTY, "ioctl " + command);
      };
    }

    private byte take(String operation) throws ErrnoException {
      calls.add(operation);
      try {
        queue().await(() -> condition.getAsBoolean());
        return bytes.remove();
      } finally {
        calls.add(operation + " ends");
      }
    }

    @Override
    public long write(MemorySegment from, long position) {
      receive(from.get(ValueLayout.JAVA_BYTE, 0));
      return 1;
    }

    @Override
    public Set<PollEvent> poll() {
      return polling.events();
    }

    @Override
    public WaitQueue queue() {
      return queueing.queue();
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
