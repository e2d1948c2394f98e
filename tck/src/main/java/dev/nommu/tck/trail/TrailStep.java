package dev.nommu.tck.trail;

import dev.nommu.api.Errno;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Rule;

/** A step of a decision. */
public sealed interface TrailStep {
  /** Returns its rule. */
  Rule rule();

  /** The rule was checked and changed nothing. */
  record Passed(Rule rule) implements TrailStep {}

  /** The rule led to an alternative. */
  record Applied(Rule rule) implements TrailStep {}

  /**
   * The rule changed the capabilities.
   *
   * @param left the remaining ones
   */
  record Left(Rule rule, Capabilities left) implements TrailStep {}

  /**
   * A plugin was asked.
   *
   * @param plugin the name of its class
   * @param operation the method that was called
   */
  record Answered(Rule rule, String plugin, String operation, PluginAnswer answer)
      implements TrailStep {}

  /** The kernel refused. */
  record Refused(Rule rule, Errno errno) implements TrailStep {}

  /**
   * The mapping was made.
   *
   * @param kind the kind of memory
   * @param start the first address of the region it uses
   */
  record Granted(Rule rule, RegionKind kind, long start) implements TrailStep {}
}
