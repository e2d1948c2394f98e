package dev.nommu.kernel.mmap;

import dev.nommu.api.Errno;

/**
 * Hears how a decision about a mapping comes about. {@link #NONE} hears nothing and costs nothing.
 */
public interface Trail {
  /** Hears nothing. */
  Trail NONE = new Trail() {};

  /** The rule led to something other than the plain way; the request goes on. */
  default void applied(Rule rule) {}

  /** The rule was looked at and changed nothing. */
  default void passed(Rule rule) {}

  /** The capabilities the file offers, and those left after a rule. */
  default void capabilities(Rule rule, Capabilities left) {}

  /**
   * A plugin was asked and answered.
   *
   * @param rule what it was asked by
   * @param plugin the plugin's object
   * @param answer what it said
   */
  default void answered(Rule rule, Object plugin, Object answer) {}

  /** The request was refused, by the kernel itself. */
  default void refused(Rule rule, Errno errno) {}

  /** The request was granted; {@code region} is what it is mapped on. */
  default void granted(Rule rule, MappedRegion region) {}
}
