package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.kernel.board.Probed;
import java.util.List;

/** An overlay applied to the tree of a running machine. Thread-safe. */
public final class AppliedOverlay {
  private final HotPlug machine;
  private final DeviceTree overlay;
  private final List<Probed> nodes;

  AppliedOverlay(HotPlug machine, DeviceTree overlay, List<Probed> nodes) {
    this.machine = machine;
    this.overlay = overlay;
    this.nodes = List.copyOf(nodes);
  }

  DeviceTree overlay() {
    return overlay;
  }

  /**
   * Returns the outcome of probing each node that it added or enabled, in tree order; a device that
   * could not be set up is listed with the reason.
   */
  public List<Probed> nodes() {
    return nodes;
  }

  /**
   * Removes the overlay from the tree, as {@code of_overlay_remove}, and its devices from the
   * machine (rules HOT-02 to HOT-07); a second call does nothing.
   *
   * @throws ErrnoException EBUSY if an overlay applied later needs one of its nodes (rule HOT-08);
   *     then nothing has changed
   * @throws IllegalStateException if the machine is closed
   */
  public void unplug() throws ErrnoException {
    machine.unplug(this);
  }

  /** Returns the paths of its nodes. */
  @Override
  public String toString() {
    return "overlay with " + HotPlug.paths(nodes);
  }
}
