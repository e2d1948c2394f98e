package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import java.util.List;

/**
 * A load or store that is not what the one who made it takes it for.
 *
 * @param kind what happened
 * @param addresses of the bytes
 * @param bytes that were loaded or stored, hexadecimal, by ascending address; long ones are cut
 * @param device what answered, as in {@code /proc/iomem}
 * @param mapping in which the addresses are, as a line of {@code /proc/PID/maps}
 * @param access the stack of the load or store, innermost call first
 * @param made the stack of the {@code mmap} that made the mapping, innermost call first
 */
public record Finding(
    Kind kind,
    AddressRange addresses,
    String bytes,
    String device,
    String mapping,
    List<StackTraceElement> access,
    List<StackTraceElement> made) {
  /** Takes immutable copies. */
  public Finding {
    access = List.copyOf(access);
    made = List.copyOf(made);
  }

  /** What can happen. */
  public enum Kind {
    /**
     * The device did not show its memory but answered the load itself, as a flash chip that is busy
     * shows its status (rules FLASH-02 and FLASH-04): a driver granted the mapping without pinning
     * the chip in read mode (rule FLASH-11).
     */
    STATUS_LOADED("status read through a mapping", "answered"),
    /** The device took the store itself, as a flash chip takes a command (rule FLASH-10). */
    COMMAND_STORED("store to a device through a mapping", "was given");

    private final String sentence;
    private final String verb;

    Kind(String sentence, String verb) {
      this.sentence = sentence;
      this.verb = verb;
    }
  }

  /** Returns the finding as several lines: what, where, and both stacks. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("sanitizer: %s\n".formatted(kind.sentence));
    text.append(
        "  %d bytes at 0x%x: %s %s %s\n"
            .formatted(addresses.length(), addresses.start(), device, kind.verb, bytes));
    text.append("  in %s\n".formatted(mapping));
    append(text, "  accessed by", access);
    append(text, "  mapped by", made);
    return text.toString().stripTrailing();
  }

  private static void append(StringBuilder text, String heading, List<StackTraceElement> stack) {
    text.append(heading).append('\n');
    stack.forEach(frame -> text.append("    at ").append(frame).append('\n'));
  }
}
