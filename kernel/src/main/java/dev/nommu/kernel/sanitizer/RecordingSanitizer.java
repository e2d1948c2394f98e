package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceWindow;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.mmap.RegionKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * Keeps what it finds: loads that show a device's status, and stores that a device takes, at an
 * address in a mapping of the one who makes them; but for registers, which are mapped on purpose.
 * The same code that does the same through a mapping made at the same place is found once, however
 * often it does it. Thread-safe.
 *
 * <p>What it cannot see: loads through a {@link MemorySegment} that a task got while the device
 * still showed its memory. Such a segment stays what it was; the device's status is seen by {@link
 * dev.nommu.kernel.task.Task#load} alone.
 */
public final class RecordingSanitizer implements Sanitizer {
  private static final int MOST_BYTES = 16;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final StackWalker STACK = StackWalker.getInstance();

  private final Supplier<List<StackTraceElement>> stack;
  private final Map<Mapping, List<StackTraceElement>> made = new WeakHashMap<>();
  private final Set<Cause> causes = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  /** Makes a sanitizer that has found nothing and gives the stacks of Java's calls. */
  public RecordingSanitizer() {
    this(RecordingSanitizer::callsOfThread);
  }

  /**
   * Makes a sanitizer that has found nothing.
   *
   * @param stack what the current thread is doing, innermost call first: for programs that are
   *     interpreted, where in them it is
   */
  public RecordingSanitizer(Supplier<List<StackTraceElement>> stack) {
    this.stack = stack;
  }

  /** What findings have in common of which one is enough. */
  private record Cause(
      Finding.Kind kind, List<StackTraceElement> access, List<StackTraceElement> made) {}

  /** Returns what was found, in the order in which it happened. */
  public synchronized List<Finding> findings() {
    return List.copyOf(findings);
  }

  @Override
  public synchronized void mapped(Mapping mapping) {
    if (mapping.region().kind() == RegionKind.STORE) {
      made.put(mapping, stack.get());
    }
  }

  @Override
  public void loaded(MemoryMap by, Bank bank, long address, MemorySegment answer) {
    look(Finding.Kind.STATUS_LOADED, by, bank, address, answer);
  }

  @Override
  public void stored(MemoryMap by, Bank bank, long address, MemorySegment value) {
    look(Finding.Kind.COMMAND_STORED, by, bank, address, value);
  }

  private void look(Finding.Kind kind, MemoryMap by, Bank bank, long address, MemorySegment bytes) {
    if (bank.kind() == DeviceWindow.Kind.REGISTERS) {
      return;
    }
    AddressRange range = new AddressRange(address, bytes.byteSize());
    Optional<? extends Mapping> mapping = by.find(range);
    if (mapping.isPresent()) {
      add(kind, range, bytes, bank, mapping.get());
    }
  }

  private synchronized void add(
      Finding.Kind kind, AddressRange range, MemorySegment bytes, Bank bank, Mapping mapping) {
    Cause cause = new Cause(kind, stack.get(), made.getOrDefault(mapping, List.of()));
    if (causes.add(cause)) {
      findings.add(
          new Finding(
              kind, range, hex(bytes), bank.name(), mapping.toString(), cause.access, cause.made));
    }
  }

  private static String hex(MemorySegment bytes) {
    long shown = Math.min(bytes.byteSize(), MOST_BYTES);
    String hex = HEX.formatHex(bytes.asSlice(0, shown).toArray(ValueLayout.JAVA_BYTE));
    return shown < bytes.byteSize() ? hex + " ..." : hex;
  }

  /** Returns the calls of the current thread, but for those of the sanitizer. */
  private static List<StackTraceElement> callsOfThread() {
    String own = RecordingSanitizer.class.getName();
    return STACK.walk(frames ->
        frames
            .dropWhile(frame -> frame.getClassName().equals(own))
            .map(StackWalker.StackFrame::toStackTraceElement)
            .toList());
  }
}
