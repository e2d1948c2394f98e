package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BusFault;
import dev.nommu.api.DeviceWindow;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.interpose.Interposer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The contract of a driver's own window.
 *
 * @param range its addresses
 */
record WindowClauses(AddressRange range) {
  private static final String RULE = "PLUGIN-02";
  private static final String FAULT = "PLUGIN-01";

  private static final int[] WIDTHS = {1, 2, 4, 8};

  /** The widths of words, and some that the kernel splits into words. */
  private static final int[] LENGTHS = {1, 2, 3, 4, 7, 8};

  /** The distance from the start within which every offset is tried. */
  private static final long NEAR = 256;

  private static final long[] VALUES = {0, -1, 0x5a5a_5a5a_5a5a_5a5aL};

  List<Clause> all() {
    return List.of(
        Clause.of(RULE, "Each load is answered or is a BusFault.", this::loads),
        Clause.of(RULE, "Each store is taken or is a BusFault.", this::stores),
        Clause.of(RULE, "Its size and kind never change.", this::stays),
        Clause.of(
            RULE, "Its memory has as many bytes as the window, for every thread.", this::memory),
        Clause.of(RULE, "A load answers what its memory has.", this::loadsMemory),
        Clause.of(RULE, "A store changes its memory.", this::storesMemory),
        Clause.of(
            RULE, "A window that answers each load itself is of kind REGISTERS.", this::kind));
  }

  private interface Question {
    Verdict of(DeviceWindow window) throws ErrnoException;
  }

  private Verdict ask(Trial trial, Question question) throws ErrnoException {
    Optional<DeviceWindow> window = RegisteredDevices.window(trial, range, DeviceWindow.class);
    return window.isPresent()
        ? question.of(window.get())
        : Verdict.skipped("the plugin's object is known only to the kernel");
  }

  /** An access of a program. */
  private interface Access {
    void to(long address) throws MemoryFault;
  }

  private Verdict loads(Trial trial) {
    for (int length : LENGTHS) {
      MemorySegment into = MemorySegment.ofArray(new byte[length]);
      Optional<Verdict> broken = each(length, "load", address -> trial.task().load(address, into));
      if (broken.isPresent()) {
        return broken.get();
      }
    }
    return Verdict.HELD;
  }

  private Verdict stores(Trial trial) {
    for (long value : VALUES) {
      MemorySegment all = MemorySegment.ofArray(new long[] {value});
      for (int length : LENGTHS) {
        MemorySegment from = all.asSlice(0, length);
        Optional<Verdict> broken =
            each(length, "store", address -> trial.task().store(address, from));
        if (broken.isPresent()) {
          return broken.get();
        }
      }
    }
    return Verdict.HELD;
  }

  /** Makes an access at each offset and returns the first error. */
  private Optional<Verdict> each(int length, String action, Access access) {
    return offsets(1, length)
        .mapToObj(offset -> tried(offset, length, action, access))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Verdict> tried(long offset, int length, String action, Access access) {
    try {
      access.to(range.start() + offset);
      return Optional.empty();
    } catch (MemoryFault fault) {
      return isPluginFault(fault)
          ? Optional.of(
              Verdict.broken(
                  "%s of %d bytes at offset 0x%x: %s"
                      .formatted(action, length, offset, fault.getMessage()),
                  "an answer, or a BusFault",
                  "throw new BusFault(…) where nothing answers, as RegisterWindow does"))
          : Optional.empty();
    }
  }

  private static boolean isPluginFault(MemoryFault fault) {
    return fault.getCause() instanceof ErrnoException failure
        && failure.rule().filter(FAULT::equals).isPresent();
  }

  /** Returns offsets near the start, and those near the end. */
  private LongStream offsets(int step, int length) {
    long last = range.length() - length;
    return LongStream.concat(
            LongStream.range(0, NEAR), LongStream.rangeClosed(last - Long.BYTES, last))
        .filter(offset -> offset >= 0 && offset <= last && offset % step == 0);
  }

  private Verdict stays(Trial trial) throws ErrnoException {
    return ask(
        trial,
        window -> {
          loads(trial);
          DeviceWindow.Kind kind = claimed(trial).kind();
          return window.size() == range.length() && window.kind() == kind
              ? Verdict.HELD
              : Verdict.broken(
                  "%s: size 0x%x, kind %s".formatted(name(window), window.size(), window.kind()),
                  "size 0x%x, kind %s, as when it was claimed".formatted(range.length(), kind),
                  "return constants from size and kind");
        });
  }

  private Bank claimed(Trial trial) {
    return trial.machine().memory().banksIn(range).getFirst();
  }

  private Verdict memory(Trial trial) throws ErrnoException {
    return askMemory(
        trial,
        (window, memory) -> {
          if (memory.byteSize() != range.length()) {
            return Verdict.broken(
                "%s.memory returned %d bytes".formatted(name(window), memory.byteSize()),
                "%d bytes, as many as the window has".formatted(range.length()),
                "return all of the memory behind the window, or empty");
          }
          return memory.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}))
              ? Verdict.HELD
              : Verdict.broken(
                  "%s.memory returned a segment that is confined to a thread"
                      .formatted(name(window)),
                  "a segment for every thread: without an MMU any thread may access it",
                  "allocate it from Arena.ofAuto() or Arena.ofShared()");
        });
  }

  private interface MemoryQuestion {
    Verdict of(DeviceWindow window, MemorySegment memory) throws ErrnoException;
  }

  private Verdict askMemory(Trial trial, MemoryQuestion question) throws ErrnoException {
    return ask(
        trial,
        window -> {
          Optional<MemorySegment> memory = window.memory();
          return memory.isPresent()
              ? question.of(window, memory.get())
              : Verdict.skipped("it answers each load itself");
        });
  }

  private Verdict loadsMemory(Trial trial) throws ErrnoException {
    return askMemory(
        trial,
        (window, memory) ->
            compare(
                (offset, width) -> window.load(offset, width) & mask(width),
                window,
                DeviceWindow.of(memory),
                "load"));
  }

  private Verdict storesMemory(Trial trial) throws ErrnoException {
    return askMemory(
        trial,
        (window, memory) ->
            memory.isReadOnly()
                ? Verdict.skipped("its memory is read-only: stores are commands")
                : compare(
                    (offset, width) -> stored(window, offset, width),
                    window,
                    DeviceWindow.of(memory),
                    "store"));
  }

  private static long stored(DeviceWindow window, long offset, int width) {
    long value = 0x0123_4567_89ab_cdefL * (offset + 1) & mask(width);
    window.store(offset, width, value);
    return value;
  }

  private interface Value {
    long at(long offset, int width);
  }

  private Verdict compare(Value access, DeviceWindow window, DeviceWindow memory, String action) {
    for (int width : WIDTHS) {
      for (long offset : offsets(width, width).toArray()) {
        OptionalLong expected = answer(access, offset, width);
        long found = memory.load(offset, width) & mask(width);
        if (expected.isPresent() && found != expected.getAsLong()) {
          return Verdict.broken(
              "%s: %s of %d bytes at offset 0x%x: 0x%x, but the memory has 0x%x"
                  .formatted(name(window), action, width, offset, expected.getAsLong(), found),
              "the same, little-endian",
              "make load, store and memory act on the same bytes, as DeviceWindow.of(memory) does");
        }
      }
    }
    return Verdict.HELD;
  }

  /** Returns empty if the window does not answer such an access, which is allowed. */
  private static OptionalLong answer(Value access, long offset, int width) {
    try {
      return OptionalLong.of(access.at(offset, width));
    } catch (BusFault unanswered) {
      return OptionalLong.empty();
    }
  }

  private static long mask(int width) {
    return -1L >>> (Long.SIZE - Byte.SIZE * width);
  }

  private Verdict kind(Trial trial) throws ErrnoException {
    return ask(
        trial,
        window ->
            window.memory().isPresent() || window.kind() == DeviceWindow.Kind.REGISTERS
                ? Verdict.HELD
                : Verdict.broken(
                    "%s has no memory when its machine has booted, and is of the kind %s"
                        .formatted(name(window), window.kind()),
                    "REGISTERS: a sanitizer reports each load from a mapping of anything else",
                    "override kind, or use RegisterWindow"));
  }

  private static String name(DeviceWindow window) {
    return Interposer.own(window).getClass().getName();
  }
}
