package dev.nommu.tck.trail;

import dev.nommu.kernel.mmap.Rule;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of an explanation.
 *
 * @param label its subject
 * @param text the text
 * @param rule the rule it cites
 */
public record Remark(Label label, String text, Optional<Rule> rule) {
  /** The subject of a remark. */
  public enum Label {
    /** Rules that changed nothing. */
    PASSED,
    /** The initial capabilities of the file. */
    OFFERED,
    /** Capabilities that were removed. */
    DROPPED,
    /** A rule that led elsewhere. */
    APPLIED,
    /** A question to a plugin, and its answer. */
    ASKED,
    /** There is no mapping, or the call failed. */
    REFUSED,
    /** The location of the error. */
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

  /** Returns the location of a rule's documentation. */
  public static String reference(Rule rule) {
    return "docs/RULES.md#" + rule.id().toLowerCase(Locale.ROOT);
  }
}
