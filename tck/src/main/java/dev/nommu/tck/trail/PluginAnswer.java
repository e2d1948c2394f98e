package dev.nommu.tck.trail;

import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Placement;
import dev.nommu.api.PointedRange;
import dev.nommu.kernel.mmap.Rule;
import java.util.Optional;

/** A plugin's answer to a question about a mapping. */
public sealed interface PluginAnswer {
  /**
   * The mapping would lie there.
   *
   * @param address the physical address of its first byte
   */
  record Placed(long address) implements PluginAnswer {
    /** Returns it as {@code at 0x10000000}. */
    @Override
    public String toString() {
      return "at 0x%x".formatted(address);
    }
  }

  /** It agrees. */
  record Consented() implements PluginAnswer {
    /** Returns yes. */
    @Override
    public String toString() {
      return "yes";
    }
  }

  /** ENOSYS: not here. */
  record Declined() implements PluginAnswer {
    /** Returns what it comes to. */
    @Override
    public String toString() {
      return "declined (ENOSYS)";
    }
  }

  /**
   * It read this much for a copy.
   *
   * @param bytes 0 or more
   */
  record Read(long bytes) implements PluginAnswer {
    /** Returns how much it was. */
    @Override
    public String toString() {
      return bytes + " bytes";
    }
  }

  /**
   * It failed, or did what it must not.
   *
   * @param errno what the caller sees
   * @param message what it said of it
   * @param rule the number of the rule by which it failed, if it says
   */
  record Failed(Errno errno, String message, Optional<String> rule) implements PluginAnswer {
    /** Returns whether the plugin did what it must not, and did not merely refuse. */
    public boolean isFault() {
      return rule.filter(Rule.PLUGIN_01.id()::equals).isPresent();
    }

    /** Returns the error and what it said of it. */
    @Override
    public String toString() {
      return errno + ", " + message;
    }
  }

  /**
   * Returns the answer that a trail was told.
   *
   * @param answer of one of the types that the kernel's plugins answer with
   */
  public static PluginAnswer of(Object answer) {
    return switch (answer) {
      case Placement.At(long address) -> new Placed(address);
      case Placement.Pointed(PointedRange range) -> new Placed(range.address());
      case Placement.Declined declined -> new Declined();
      case Consent.Accepted accepted -> new Consented();
      case Consent.Declined declined -> new Declined();
      case Long bytes -> new Read(bytes);
      case ErrnoException failure ->
          new Failed(failure.errno(), String.valueOf(failure.getMessage()), failure.rule());
      default -> throw new IllegalArgumentException("not an answer of a plugin: " + answer);
    };
  }
}
