package dev.nommu.tck.fault;

import dev.nommu.api.DeviceWindow;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.kernel.Machine;
import dev.nommu.tck.interpose.Interposer;
import dev.nommu.tck.interpose.Invocation;
import dev.nommu.tck.interpose.Invocation.Interception;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Injects faults into the calls of a plugin, and counts the calls. Thread-safe. */
public final class Injection implements Interception {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Tally SUCCESS = new Tally(1, 0);
  private static final Tally FAILURE = new Tally(0, 1);

  private final List<Fault> faults;
  private final Map<Operation, Integer> begun = new EnumMap<>(Operation.class);
  private final Map<Operation, Tally> tallies = new EnumMap<>(Operation.class);
  private final Set<Fault> reached = new LinkedHashSet<>();
  private final List<String> heldUp = new ArrayList<>();
  private Optional<Look> look = Optional.empty();
  private boolean dark;

  /** Prepares faults; of several for one call, the first happens. */
  public Injection(List<Fault> faults) {
    this.faults = List.copyOf(faults);
  }

  /** Prepares one fault, or none. */
  public Injection(Fault... faults) {
    this(List.of(faults));
  }

  /** Returns a type of file system whose calls, and those of its objects, are intercepted. */
  public FileSystemType into(FileSystemType type) {
    return new Interposer(this).wrap(FileSystemType.class, type);
  }

  /** Sets the machine to inspect while a call is late: while it boots, none is. */
  public void watch(Machine booted) {
    watch(() -> checkUnlessClosed(booted), PATIENCE);
  }

  /** Sets the work of another thread while a call is late, and its time limit. */
  synchronized void watch(Runnable meanwhile, Duration patience) {
    look = Optional.of(new Look(meanwhile, patience));
  }

  private record Look(Runnable meanwhile, Duration patience) {}

  private static void checkUnlessClosed(Machine machine) {
    try {
      machine.check();
    } catch (IllegalStateException closed) {
      // nothing to look at
    }
  }

  /** Returns the late calls that blocked the inspection of the machine. */
  public synchronized List<String> heldUp() {
    return List.copyOf(heldUp);
  }

  /** Returns the prepared faults. */
  public List<Fault> faults() {
    return faults;
  }

  /** Returns the faults that have happened so far. */
  public synchronized Set<Fault> reached() {
    return Set.copyOf(reached);
  }

  /** Returns the outcomes of the calls of a kind that have returned so far. */
  public synchronized Tally tally(Operation what) {
    return tallies.getOrDefault(what, Tally.NONE);
  }

  /** Returns the same for each kind that was called. */
  public synchronized Map<Operation, Tally> tallies() {
    return Map.copyOf(tallies);
  }

  @Override
  public @Nullable Object around(Invocation call) throws Throwable {
    Set<Operation> kinds = Operation.of(call);
    Optional<Fault> due = begin(kinds);
    try {
      if (due.filter(fault -> fault.how() instanceof Effect.Late).isPresent()) {
        lookDuring(call);
      }
      Object answer = due.isPresent() ? due.get().how().on(call) : lit(call);
      end(kinds, SUCCESS);
      return answer;
    } catch (Throwable thrown) {
      end(kinds, FAILURE);
      throw thrown;
    }
  }

  private synchronized Optional<Fault> begin(Set<Operation> kinds) {
    kinds.forEach(kind -> begun.merge(kind, 1, Integer::sum));
    if (dark) {
      return Optional.empty();
    }
    for (Fault fault : faults) {
      if (kinds.contains(fault.what()) && fault.n() == begun.getOrDefault(fault.what(), 0)) {
        reached.add(fault);
        dark = fault.how() instanceof Effect.PowerLoss;
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  private synchronized void end(Set<Operation> kinds, Tally outcome) {
    kinds.forEach(kind -> tallies.merge(kind, outcome, Tally::plus));
  }

  private synchronized Optional<Look> look() {
    return look;
  }

  private void lookDuring(Invocation call) {
    if (look().filter(each -> !isDone(each)).isPresent()) {
      synchronized (this) {
        heldUp.add(
            "%s of %s was late, and another thread that inspected the machine had to wait for it"
                .formatted(call.method().getName(), call.author().getName()));
      }
    }
  }

  private static boolean isDone(Look look) {
    Thread onlooker = Thread.ofPlatform().daemon().name("onlooker").start(look.meanwhile());
    try {
      return onlooker.join(look.patience());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private synchronized boolean isDark() {
    return dark;
  }

  /** Without power a bus floats, and calls that can fail do. */
  private @Nullable Object lit(Invocation call) throws Throwable {
    if (!isDark()) {
      return call.proceed();
    }
    if (Operation.canFail(call)) {
      throw new ErrnoException(Errno.EIO, "injected: the power is off: " + call);
    }
    return call.method().getDeclaringClass() == DeviceWindow.class ? dark(call) : call.proceed();
  }

  private static @Nullable Object dark(Invocation call) throws Throwable {
    return switch (call.method().getName()) {
      case "load" -> -1L;
      case "store" -> null;
      default -> call.proceed();
    };
  }
}
