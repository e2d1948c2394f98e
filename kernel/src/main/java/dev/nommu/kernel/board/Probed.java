package dev.nommu.kernel.board;

import dev.nommu.api.ErrnoException;
import java.util.List;

/**
 * The outcome of probing a node, or a driver's own devices.
 *
 * @param place the path of the node, or the name of the driver
 * @param compatible the node's compatible strings
 * @param outcome the result
 */
public record Probed(String place, List<String> compatible, Outcome outcome) {
  /** The possible outcomes of a node. */
  public sealed interface Outcome {
    /** A driver set it up. */
    record Bound(String driver) implements Outcome {}

    /** No driver knows any of its compatible strings. */
    record NoDriver() implements Outcome {}

    /**
     * The board asks for something that the machine does not have.
     *
     * @param reason what and why
     */
    record NotUsed(String reason) implements Outcome {}

    /** Its status is not "okay". */
    record Disabled() implements Outcome {}

    /** Its driver failed to set it up. */
    record Failed(String driver, ErrnoException reason) implements Outcome {
      /**
       * Returns the outcome in words.
       *
       * @param place the path of the node, or for a driver's own devices the driver's name
       */
      public String at(String place) {
        String who = place.equals(driver) ? place : place + ": " + driver;
        return "%s failed: %s".formatted(who, reason.describe());
      }
    }
  }
}
