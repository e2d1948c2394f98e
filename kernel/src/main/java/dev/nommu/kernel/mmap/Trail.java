package dev.nommu.kernel.mmap;

import dev.nommu.api.Errno;

/**
 * Receives the steps of a decision about a mapping. {@link #NONE} ignores them and costs nothing.
 */
public interface Trail {
  /** Hears nothing. */
  Trail NONE = new Trail() {};

  /** The rule changed the course of the request, which continues. */
  default void applied(Rule rule) {}

  /** The rule was checked and changed nothing. */
  default void passed(Rule rule) {}

  /** The capabilities the file offers, and those left after a rule. */
  default void capabilities(Rule rule, Capabilities left) {}

  /**
   * A plugin was asked and answered.
   *
   * @param rule the rule under which it was asked
   * @param plugin the plugin's object
   * @param answer its answer
   */
  default void answered(Rule rule, Object plugin, Object answer) {}

  /** The request was refused, by the kernel itself. */
  default void refused(Rule rule, Errno errno) {}

  /** The request was granted, and mapped on {@code region}. */
  default void granted(Rule rule, MappedRegion region) {}
}
