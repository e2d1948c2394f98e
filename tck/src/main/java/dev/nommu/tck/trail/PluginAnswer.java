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
    /** Returns its text. */
    @Override
    public String toString() {
      return "declined (ENOSYS)";
    }
  }

  /**
   * It read this number of bytes for a copy.
   *
   * @param bytes 0 or more
   */
  record Read(long bytes) implements PluginAnswer {
    /** Returns the number of bytes. */
    @Override
    public String toString() {
      return bytes + " bytes";
    }
  }

  /**
   * It failed, or violated the contract.
   *
   * @param errno the error of the call
   * @param message its message
   * @param rule the number of the rule it names, if any
   */
  record Failed(Errno errno, String message, Optional<String> rule) implements PluginAnswer {
    /** Returns whether the plugin violated the contract, rather than merely refused. */
    public boolean isFault() {
      return rule.filter(Rule.PLUGIN_01.id()::equals).isPresent();
    }

    /** Returns the error and its message. */
    @Override
    public String toString() {
      return errno + ", " + message;
    }
  }

  /**
   * Returns the answer as reported to a trail.
   *
   * @param answer of one of the answer types of plugins
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
