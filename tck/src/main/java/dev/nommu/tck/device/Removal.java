package dev.nommu.tck.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Includes;
import dev.nommu.kernel.AppliedOverlay;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.interpose.Recorder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The devices of a driver are unplugged: the nodes that it probes are disabled on the board, and an
 * overlay enables them.
 *
 * @param driver whose devices
 */
record Removal(Subject driver) {
  private static final String RULE = "HOT-02";
  private static final String SENTENCE = "Unplugged and plugged in again, a device is as before.";
  private static final String REMEDY =
      "give to onRemove, in probe, what ends with the device: threads, sockets, numbers";

  /** Returns the rule, of nothing in particular: to be read, not to be tested. */
  static Clause rule() {
    return Clause.of(RULE, SENTENCE, trial -> Verdict.skipped("there is no driver"));
  }

  /** Returns the rule for the devices of a driver. */
  static Clause of(Subject driver) {
    return Clause.of(RULE, SENTENCE, new Removal(driver)::judge);
  }

  private Verdict judge(Trial trial) throws Exception {
    List<String> nodes = probed(trial);
    if (nodes.isEmpty() || trial.setting().memory() != Memory.AS_GIVEN) {
      return Verdict.skipped("which nodes it probes is known of a driver behind a proxy alone");
    }
    Board board;
    try {
      board = driver.board().withOverlay(status(nodes, "disabled"));
    } catch (BoardException needed) {
      return Verdict.skipped("its board cannot be without it: " + needed.getMessage());
    }
    try (Machine without =
        driver.on(board).boot(trial.setting(), new Recorder(), Sanitizer.OFF, Strictness.LENIENT)) {
      return judge(without, status(nodes, "okay"));
    }
  }

  private static List<String> probed(Trial trial) {
    return trial.recorder().calls("probe").stream()
        .filter(call -> call.thrown().isEmpty())
        .map(call -> call.asked().arguments().getFirst())
        .filter(FirmwareNode.class::isInstance)
        .map(node -> ((FirmwareNode) node).path())
        .distinct()
        .toList();
  }

  private static DeviceTree status(List<String> nodes, String status) {
    String fragments =
        nodes.stream()
            .map(node -> "&{%s} { status = \"%s\"; };".formatted(node, status))
            .collect(Collectors.joining("\n", "/dts-v1/; /plugin/;\n", "\n"));
    try {
      return DeviceTree.parseDts(fragments, "unplugged.dts", Includes.none());
    } catch (DeviceTreeException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns what is there while the devices are. */
  private static List<String> round(Machine machine, DeviceTree overlay)
      throws BoardException, ErrnoException {
    AppliedOverlay plugged = machine.plug(overlay);
    List<String> devices = machine.devices().stream().map(DeviceNode::name).toList();
    plugged.unplug();
    return devices;
  }

  private static Verdict judge(Machine machine, DeviceTree overlay)
      throws BoardException, ErrnoException {
    List<String> first = round(machine, overlay);
    List<String> second = round(machine, overlay);
    Optional<String> fault =
        machine.log().lines().stream().filter(line -> line.contains("PLUGIN-01")).findFirst();
    if (fault.isPresent() || !machine.check().isEmpty()) {
      return Verdict.broken(
          fault.orElseGet(() -> machine.check().getFirst()),
          "a device that comes and goes",
          REMEDY);
    }
    return first.equals(second)
        ? Verdict.HELD
        : Verdict.broken("plugged in again there are " + second, first.toString(), REMEDY);
  }
}
