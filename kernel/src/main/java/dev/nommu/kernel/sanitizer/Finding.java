package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * Something a task or a plugin did that nothing prevents on a machine without an MMU, and that is
 * wrong all the same. {@link Kind} says what exactly each kind is.
 *
 * @param kind what happened
 * @param what is a sentence: how many bytes, which descriptor, what a device answered
 * @param addresses of the memory it is about, or empty for what has none
 * @param where a mapping as a line of {@code /proc/PID/maps}, or whose memory it is; may be empty
 * @param act who did it and the stack of that
 * @param other the other side: who mapped, unmapped, cut, closed, pointed or allocated what the act
 *     is about, and the stack of that
 */
public record Finding(
    Kind kind,
    String what,
    Optional<AddressRange> addresses,
    String where,
    Trace act,
    Trace other) {
  /**
   * One side of a finding: who did something, and where in the program.
   *
   * @param by what was done and who did it: "stored by init[1]"
   * @param calls the stack, innermost call first; empty if it is not known any more
   */
  public record Trace(String by, List<StackTraceElement> calls) {
    /** Takes an immutable copy. */
    public Trace {
      calls = List.copyOf(calls);
    }
  }

  /** The kinds of finding. */
  public enum Kind {
    /**
     * A store to memory that no mapping of the process covers, and that it never had mapped: RAM
     * that is free, a plugin's or another process's, and whatever else another process has mapped.
     * The other side is the {@code mmap} of whoever has the memory mapped, else the allocation of
     * the plugin that has it, else the {@code mmap} of the process's own mapping that is nearest.
     *
     * <p>None is a store that fails; a load, as a program may look anywhere; a store to a device
     * that nobody has mapped, which a program without an MMU may drive by its addresses; and a
     * store to zeroed memory that another process asked for with MAP_SHARED: without an MMU its
     * address is the one way to share it.
     */
    STRAY_STORE("stray store", "store within what mmap returned, or map what is stored to"),

    /**
     * A load or store at an address that the process had mapped and no mapping of it covers now.
     * The other side is the {@code munmap}, {@code mremap} or {@code shmdt}, one of the last 4096
     * of the machine.
     */
    USE_AFTER_MUNMAP("use after munmap", "unmap memory after its last use"),

    /**
     * A load or store through a mapping in place of pages that the file lost when it was cut: what
     * is there belongs to no file any more (rule TRUNC-07). The other side is the {@code truncate}.
     * A copy is the mapping's own and never stale.
     */
    STALE_AFTER_TRUNCATE(
        "access to a part of a mapping that was truncated away",
        "unmap what the file is to lose before it is cut"),

    /**
     * The device did not show its memory but answered a load through a mapping itself, as a flash
     * chip that is busy shows its status (rules FLASH-02 and FLASH-04): a driver granted the
     * mapping without pinning the chip in read mode (rule FLASH-11). The other side is the {@code
     * mmap}. Registers that their driver says are to be mapped ({@link
     * dev.nommu.api.DeviceWindow.Kind#REGISTERS}) are read so on purpose, which is not reported.
     */
    STATUS_LOADED(
        "status read through a mapping",
        "point the chip for as long as it is mapped; if these are registers, let the kind() of the"
            + " window be REGISTERS"),

    /**
     * The device took a store through a mapping itself, as a flash chip takes a command (rule
     * FLASH-10), though its driver does not say that these are registers; as {@link
     * #STATUS_LOADED}.
     */
    COMMAND_STORED(
        "store to a device through a mapping",
        "write the device through its driver; if these are registers, let the kind() of the window"
            + " be REGISTERS"),

    /**
     * A process closed a descriptor that is not open (EBADF) and that it had closed itself; one
     * that was never open is not one, nor one that exec, or another process, has closed. Or a
     * plugin gave pages back that it had given back. The other side is the first close.
     */
    DOUBLE_CLOSE("double close", "close a thing once, where it was got"),

    /**
     * A range of a store was given back by a plugin while a mapping that it was pointed for shows
     * it: the kernel gives it back with the last mapping. The other side is the {@code mmap}.
     */
    PIN_IMBALANCE(
        "pointed range given back under a mapping",
        "leave the range that getUnmappedArea answered to the kernel"),

    /**
     * A plugin gave back pages that a mapping shows, outside of a truncate (which holds them, rule
     * TRUNC-07): whoever gets them next shares them with the mapping. The other side is the {@code
     * mmap}. Windows and memory that a driver has claimed cannot be given back.
     */
    FREED_UNDER_MAPPING(
        "memory given back under a mapping", "free pages when the last mapping is closed"),

    /**
     * A leak: something that was never given back. A file system, when its {@code close} has
     * returned: pages from its {@code PageSource}, ranges of its store that are pointed. The
     * machine, when its last process has ended: segments of System V shared memory that were
     * attached and not removed. The other side is where it was got. Not a leak is what ends with
     * its owner: descriptors, mappings and waits of a process; pages, claims, timers and wait
     * queues of a driver, which are the machine's.
     */
    LEAK_AT_EXIT("leak", "give it back in close, or remove it before the last process exits");

    private final String sentence;
    private final String remedy;

    Kind(String sentence, String remedy) {
      this.sentence = sentence;
      this.remedy = remedy;
    }

    /** Returns what happened, in a few words. */
    public String sentence() {
      return sentence;
    }

    /** Returns what is to be done instead. */
    public String remedy() {
      return remedy;
    }
  }

  /** Returns the finding as several lines: what, where, both stacks, and what to do instead. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("sanitizer: %s%n  %s%n".formatted(kind.sentence, what));
    if (!where.isEmpty()) {
      text.append("  in %s%n".formatted(where));
    }
    append(text, act);
    append(text, other);
    text.append("  instead: ").append(kind.remedy);
    return text.toString();
  }

  private static void append(StringBuilder text, Trace trace) {
    text.append("  %s%n".formatted(trace.by()));
    trace.calls().forEach(frame -> text.append("    at %s%n".formatted(frame)));
  }
}
