package dev.nommu.kernel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.device.Probing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The overlays applied to the tree of a running machine, whose devices follow them (section HOT).
 * Thread-safe; one change at a time.
 */
final class HotPlug {
  private final Board board;
  private final Probing probing;
  private final DeviceNodes nodes;

  /** In the order in which they were applied. */
  @GuardedBy("this")
  private final List<AppliedOverlay> applied = new ArrayList<>();

  @GuardedBy("this")
  private Board now;

  HotPlug(Board board, Probing probing, DeviceNodes nodes) {
    this.board = board;
    this.now = board;
    this.probing = probing;
    this.nodes = nodes;
  }

  /** See {@link Machine#plug}. */
  synchronized AppliedOverlay plug(DeviceTree overlay) throws BoardException {
    Board changed = now.withOverlay(overlay);
    Set<Probed> before = Set.copyOf(probing.probed());
    change(changed);
    List<Probed> added = probing.probed().stream().filter(node -> !before.contains(node)).toList();
    AppliedOverlay plugged = new AppliedOverlay(this, overlay, added);
    applied.add(plugged);
    return plugged;
  }

  /** See {@link AppliedOverlay#unplug}. */
  synchronized void unplug(AppliedOverlay overlay) throws ErrnoException {
    if (!applied.contains(overlay)) {
      return;
    }
    List<AppliedOverlay> left = new ArrayList<>(applied);
    left.remove(overlay);
    change(boardWith(left));
    applied.remove(overlay);
  }

  private Board boardWith(List<AppliedOverlay> overlays) throws ErrnoException {
    Board with = board;
    try {
      for (AppliedOverlay each : overlays) {
        with = with.withOverlay(each.overlay());
      }
      return with;
    } catch (BoardException needed) {
      throw ErrnoException.byRule(
          "HOT-08",
          Errno.EBUSY,
          "unplug: an overlay that was applied later needs it: " + needed.getMessage());
    }
  }

  @GuardedBy("this")
  private void change(Board changed) {
    nodes.follow(() -> probing.change(changed));
    now = changed;
  }

  /** Returns the paths of nodes, for a message. */
  static String paths(List<Probed> nodes) {
    return nodes.stream().map(Probed::place).collect(Collectors.joining(", "));
  }
}
