package dev.nommu.tck.trail;

import dev.nommu.kernel.mmap.Rule;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of an explanation.
 *
 * @param label what it is about
 * @param text what it says
 * @param rule which rule it cites
 */
public record Remark(Label label, String text, Optional<Rule> rule) {
  /** The subject of a remark. */
  public enum Label {
    /** Rules that changed nothing. */
    PASSED,
    /** The capabilities that the file came with. */
    OFFERED,
    /** Capabilities that were taken away. */
    DROPPED,
    /** A rule that led elsewhere. */
    APPLIED,
    /** A question to a plugin, and its answer. */
    ASKED,
    /** There is no mapping, or the call failed. */
    REFUSED,
    /** Where it was said. */
    BY,
    /** There is a mapping. */
    MAPPED,
    /** The change that would lead to another outcome. */
    INSTEAD;

    /** Returns the word for it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the remark as a comment below the line of a call, with the sentence of the rule. */
  public String comment() {
    String said = (label + " " + text).strip();
    return "    # "
        + rule.map(cited -> said + " [" + cited.id() + "] " + cited.sentence()).orElse(said);
  }

  /** Returns where the documentation of a rule is. */
  public static String reference(Rule rule) {
    return "docs/RULES.md#" + rule.id().toLowerCase(Locale.ROOT);
  }
}
