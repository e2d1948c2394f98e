package dev.nommu.tck.trail;

import dev.nommu.api.BlockDevice;
import dev.nommu.api.Errno;
import dev.nommu.api.MapCapability;
import dev.nommu.api.PluginFault;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.mmap.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records the steps of one decision. Thread-safe. */
public final class RecordedTrail implements Trail {
  private final List<TrailStep> steps = new ArrayList<>();

  /** Creates an empty trail. */
  public RecordedTrail() {}

  /** Returns the steps so far, in order. */
  public synchronized List<TrailStep> steps() {
    return List.copyOf(steps);
  }

  /**
   * Returns the capabilities of the file's backing device before any rule removed some, or empty if
   * the request did not get that far.
   */
  public Optional<Capabilities> offered() {
    return steps().stream()
        .filter(TrailStep.Left.class::isInstance)
        .map(TrailStep.Left.class::cast)
        .map(TrailStep.Left::left)
        .findFirst();
  }

  /** Returns whether the file's backing device offered direct mappings: it is memory. */
  public boolean offeredDirect() {
    return offered().filter(offered -> offered.has(MapCapability.MAP_DIRECT)).isPresent();
  }

  private synchronized void add(TrailStep step) {
    steps.add(step);
  }

  @Override
  public void applied(Rule rule) {
    add(new TrailStep.Applied(rule));
  }

  @Override
  public void passed(Rule rule) {
    add(new TrailStep.Passed(rule));
  }

  @Override
  public void capabilities(Rule rule, Capabilities left) {
    add(new TrailStep.Left(rule, left));
  }

  @Override
  public void answered(Rule rule, Object plugin, Object answer) {
    add(
        new TrailStep.Answered(
            rule, className(plugin), operation(rule, plugin), PluginAnswer.of(answer)));
  }

  /** A block device is asked for a place through a method of its store. */
  private static String operation(Rule askedBy, Object plugin) {
    return switch (askedBy) {
      case BDI_02 -> "backingDeviceInfo";
      case DIR_01 -> plugin instanceof BlockDevice ? "point" : "getUnmappedArea";
      case DIR_05, DIR_06 -> "mmap";
      case COPY_03 -> "read";
      default -> askedBy.id();
    };
  }

  private static String className(Object plugin) {
    return PluginFault.nameOf(plugin);
  }

  @Override
  public void refused(Rule rule, Errno errno) {
    add(new TrailStep.Refused(rule, errno));
  }

  @Override
  public void granted(Rule rule, MappedRegion region) {
    add(new TrailStep.Granted(rule, region.kind(), region.start()));
  }
}
