package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * A fault of a task or plugin that a machine without an MMU does not prevent. {@link Kind} defines
 * each kind.
 *
 * @param kind what happened
 * @param what a sentence: how many bytes, which descriptor, what a device answered
 * @param addresses of the memory concerned, or empty if there is none
 * @param where a mapping as a line of {@code /proc/PID/maps}, or the owner of the memory; may be
 *     empty
 * @param act the culprit and its stack
 * @param other the other side: who mapped, unmapped, truncated, closed, pointed or allocated the
 *     memory, and the stack of that
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
   * @param by the act and its author: "stored by init[1]"
   * @param calls the stack, innermost call first; empty if no longer known
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
     * A store to memory that the process does not have mapped and never had: RAM that is free or
     * belongs to a plugin or another process, and anything else another process has mapped. The
     * other side is the {@code mmap} of the process that has the memory mapped, else the allocation
     * of the plugin that owns it, else the {@code mmap} of the process's nearest mapping.
     *
     * <p>Not reported are a store that fails; a load, as a program may read anywhere; a store to a
     * device that no process has mapped, which a program without an MMU may drive by its addresses;
     * and a store to another process's anonymous MAP_SHARED memory: without an MMU its address is
     * the only way to share it.
     */
    STRAY_STORE("stray store", "store within what mmap returned, or map what is stored to"),

    /**
     * A load or store at an address that the process had mapped and no longer has. The other side
     * is the {@code munmap}, {@code mremap} or {@code shmdt}, one of the machine's last 4096.
     */
    USE_AFTER_MUNMAP("use after munmap", "unmap memory after its last use"),

    /**
     * A load or store through an in-place mapping of pages that the file lost when it was
     * truncated: they no longer belong to any file (rule TRUNC-07). The other side is the {@code
     * truncate}. A copy is the mapping's own and never stale.
     */
    STALE_AFTER_TRUNCATE(
        "access to a part of a mapping that was truncated away",
        "unmap that part before truncating the file"),

    /**
     * The device did not show its memory but answered a load through a mapping itself, as a flash
     * chip that is busy shows its status (rules FLASH-02 and FLASH-04): a driver granted the
     * mapping without pinning the chip in read mode (rule FLASH-11). The other side is the {@code
     * mmap}. Registers that their driver declares as such ({@link
     * dev.nommu.api.DeviceWindow.Kind#REGISTERS}) are read on purpose, which is not reported.
     */
    STATUS_LOADED(
        "status read through a mapping",
        "pin the chip in read mode while it is mapped; if these are registers, let the kind() of"
            + " the window be REGISTERS"),

    /**
     * The device took a store through a mapping itself, as a flash chip takes a command (rule
     * FLASH-10), though its driver does not declare registers; as {@link #STATUS_LOADED}.
     */
    COMMAND_STORED(
        "store to a device through a mapping",
        "write the device through its driver; if these are registers, let the kind() of the window"
            + " be REGISTERS"),

    /**
     * A process closed a descriptor that is not open (EBADF) and that it had closed itself; not one
     * that was never open, or that exec or another process closed. Or a plugin freed pages that it
     * had already freed. The other side is the first close.
     */
    DOUBLE_CLOSE("double close", "close each resource once, where it was opened or allocated"),

    /**
     * A plugin released a pointed range of a store that a mapping still shows: the kernel releases
     * it with the last mapping. The other side is the {@code mmap}.
     */
    PIN_IMBALANCE(
        "pointed range given back under a mapping",
        "leave the range that getUnmappedArea returned to the kernel"),

    /**
     * A plugin freed pages that a mapping shows, outside of a truncate (which holds them, rule
     * TRUNC-07): their next owner shares them with the mapping. The other side is the {@code mmap}.
     * Windows and memory claimed by a driver cannot be freed.
     */
    FREED_UNDER_MAPPING(
        "memory given back under a mapping", "free pages when the last mapping is closed"),

    /**
     * A leak: something never released. Of a file system, when its {@code close} has returned:
     * pages from its {@code PageSource} and pointed ranges of its store. Of the machine, when its
     * last process has ended: System V shared memory segments that were attached and not removed.
     * The other side is the allocation. Resources that end with their owner are not leaks:
     * descriptors, mappings and waits of a process; pages, claims, timers and wait queues of a
     * driver, which are the machine's.
     */
    LEAK_AT_EXIT("leak", "free it in close, or remove it before the last process exits");

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

    /** Returns the correct usage. */
    public String remedy() {
      return remedy;
    }
  }

  /** Returns the finding in several lines: what, where, both stacks, and the correct usage. */
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
