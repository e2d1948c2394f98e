package dev.nommu.riscvlinux.gdb;

import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.riscvlinux.gdb.DebuggedThread.Resumption;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Executes gdb's commands on a stopped program. An empty answer means an unknown command. For one
 * thread.
 */
final class Commands {
  static final String OK = "OK";
  private static final String UNKNOWN = "";

  /** EINVAL: the packet is malformed. */
  private static final String MALFORMED = "E16";

  /** EFAULT: there is no plain memory at the address. */
  private static final String FAULT = "E0e";

  /** ESRCH: there is no such thread. */
  private static final String NO_THREAD = "E03";

  private static final String FEATURES =
      "PacketSize=4000;QStartNoAckMode+;qXfer:features:read+;qXfer:auxv:read+;vContSupported+";

  private final Debuggee debuggee;
  private final GuestMemory memory;
  private final IntFunction<Optional<Task>> tasks;

  /** The thread that register commands refer to; 0 for any. */
  private int current;

  Commands(Debuggee debuggee, GuestMemory memory, IntFunction<Optional<Task>> tasks) {
    this.debuggee = debuggee;
    this.tasks = tasks;
    this.memory = memory;
  }

  /** Returns the answer to a command about a stopped program. */
  String answer(String packet) {
    try {
      return packet.isEmpty() ? UNKNOWN : known(packet);
    } catch (MemoryFault fault) {
      return FAULT;
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return MALFORMED;
    }
  }

  private String known(String packet) throws MemoryFault {
    String rest = packet.substring(1);
    return switch (packet.charAt(0)) {
      case 'g' -> thread().map(each -> Registers.all(each.hart())).orElse(NO_THREAD);
      case 'G' -> set(thread -> Registers.setAll(thread.hart(), rest));
      case 'p' -> register((int) Hex.number(rest));
      case 'P' -> setRegister(rest);
      case 'm' -> read(Range.of(rest));
      case 'M' -> write(rest, Hex.bytes(rest.substring(rest.indexOf(':') + 1)));
      case 'X' -> write(rest, binary(rest));
      case 'Z', 'z' -> stoppingPoint(packet);
      case 'H' -> choose(rest);
      case 'T' -> debuggee.find((int) Hex.number(rest)).isPresent() ? OK : NO_THREAD;
      case 'q' -> query(rest);
      case 'v' -> "Cont?".equals(rest) ? "vCont;c;C;s;S" : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private Optional<DebuggedThread> thread() {
    Optional<DebuggedThread> chosen = debuggee.find(current);
    return chosen.isPresent() ? chosen : debuggee.threads().stream().findFirst();
  }

  private String set(Consumer<DebuggedThread> change) {
    Optional<DebuggedThread> thread = thread();
    thread.ifPresent(change);
    return thread.isPresent() ? OK : NO_THREAD;
  }

  private String register(int number) {
    return Registers.isThere(number)
        ? thread().map(each -> Registers.get(each.hart(), number)).orElse(NO_THREAD)
        : MALFORMED;
  }

  private String setRegister(String assignment) {
    int equals = assignment.indexOf('=');
    int number = (int) Hex.number(assignment.substring(0, equals));
    return Registers.isThere(number)
        ? set(thread -> Registers.set(thread.hart(), number, assignment.substring(equals + 1)))
        : MALFORMED;
  }

  private String read(Range range) throws MemoryFault {
    return Hex.of(memory.read(range.address(), range.length()));
  }

  private static byte[] binary(String rest) {
    return rest.substring(rest.indexOf(':') + 1).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String write(String rest, byte[] bytes) throws MemoryFault {
    Range range = Range.of(rest);
    if (bytes.length != range.length()) {
      return MALFORMED;
    }
    boolean isWritten = bytes.length == 0 || memory.write(range.address(), bytes);
    debuggee.flush();
    return isWritten ? OK : FAULT;
  }

  /** Software and hardware breakpoints are the same. */
  private String stoppingPoint(String packet) throws MemoryFault {
    boolean isSet = packet.charAt(0) == 'Z';
    Range range = Range.of(packet.substring(packet.indexOf(',') + 1));
    switch (packet.charAt(1)) {
      case '0', '1' -> debuggee.breakpoint(range.address(), isSet);
      case '2' -> debuggee.watchpoint(range, isSet);
      default -> {
        return UNKNOWN;
      }
    }
    return OK;
  }

  private String choose(String rest) {
    int tid = Integer.parseInt(rest.substring(1), 16);
    if (tid > 0 && debuggee.find(tid).isEmpty()) {
      return NO_THREAD;
    }
    if (rest.charAt(0) == 'g') {
      current = Math.max(0, tid);
    }
    return OK;
  }

  private String query(String rest) throws MemoryFault {
    String name = rest.split("[:,;]", 2)[0];
    return switch (name) {
      case "Supported" -> FEATURES;
      case "C" -> thread().map(each -> "QC%x".formatted(each.tid())).orElse(UNKNOWN);
      case "Attached" -> "1";
      case "fThreadInfo" -> "m" + threadNumbers();
      case "sThreadInfo" -> "l";
      case "ThreadExtraInfo" -> threadName(rest.substring(rest.indexOf(',') + 1));
      case "Xfer" -> transfer(rest);
      default -> UNKNOWN;
    };
  }

  private String threadNumbers() {
    return debuggee.threads().stream()
        .map(each -> Integer.toHexString(each.tid()))
        .collect(Collectors.joining(","));
  }

  private String threadName(String tid) {
    return tasks.apply((int) Hex.number(tid)).map(each -> Hex.of(each.name())).orElse(NO_THREAD);
  }

  /** {@code Xfer:object:read:annex:offset,length}. */
  private String transfer(String rest) throws MemoryFault {
    String[] parts = rest.split(":", -1);
    Range range = Range.of(parts[4]);
    return switch (parts[1] + ":" + parts[3]) {
      case "features:target.xml" ->
          part(Registers.description().getBytes(StandardCharsets.ISO_8859_1), range);
      case "auxv:" -> part(auxiliaryVector(), range);
      default -> UNKNOWN;
    };
  }

  private byte[] auxiliaryVector() throws MemoryFault {
    Optional<Task> first = thread().flatMap(each -> tasks.apply(each.tid()));
    return first.isEmpty()
        ? new byte[0]
        : memory.auxiliaryVector(first.get().memoryMap(), debuggee.stack());
  }

  /** Returns a part of an object: the last one after an {@code l}, others after an {@code m}. */
  private static String part(byte[] object, Range range) {
    int from = (int) Math.min(range.address(), object.length);
    int to = Math.min(from + range.length(), object.length);
    String text = new String(object, from, to - from, StandardCharsets.ISO_8859_1);
    return (to == object.length ? "l" : "m") + text;
  }

  /** Returns the stop reply for gdb. */
  String stopReply(StopReason reason) {
    return switch (reason) {
      case StopReason.Stopped(int tid, Signal signal, Optional<Long> watched) -> {
        current = tid;
        String watch = watched.map("watch:%x;"::formatted).orElse("");
        yield "T%02x%sthread:%x;".formatted(GdbSignal.number(signal), watch, tid);
      }
      case StopReason.Ended(WaitStatus.Exited(int status)) -> "W%02x".formatted(status & 0xff);
      case StopReason.Ended(WaitStatus.Signaled(Signal signal)) ->
          "X%02x".formatted(GdbSignal.number(signal));
      case StopReason.Ended(WaitStatus _) -> "W00";
    };
  }

  /**
   * Resumes the program as {@code vCont;action[:thread]…} requests; the first action that matches a
   * thread applies to it.
   *
   * @return false if the packet is malformed
   */
  boolean resume(String actions) {
    try {
      List<Action> all =
          Arrays.stream(actions.substring(1).split(";", -1)).map(Action::of).toList();
      debuggee.resume(thread ->
          all.stream()
              .filter(each -> each.isOf(thread.tid()))
              .findFirst()
              .map(Action::how)
              .orElse(Resumption.STAY));
      return true;
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return false;
    }
  }

  /** An action of {@code vCont}; thread 0 or -1 matches any. */
  private record Action(Resumption how, int tid) {
    static Action of(String text) {
      String[] parts = text.split(":", 2);
      int tid = parts.length == 1 ? -1 : Integer.parseInt(parts[1], 16);
      Optional<Signal> signal =
          parts[0].length() == 1
              ? Optional.empty()
              : GdbSignal.of((int) Hex.number(parts[0].substring(1)));
      return switch (parts[0].charAt(0)) {
        case 'c', 'C' -> new Action(new Resumption(Resumption.Way.GO_ON, signal), tid);
        case 's', 'S' -> new Action(new Resumption(Resumption.Way.STEP, signal), tid);
        default -> throw new IllegalArgumentException(text);
      };
    }

    boolean isOf(int thread) {
      return tid <= 0 || tid == thread;
    }
  }
}
