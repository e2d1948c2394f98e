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
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.interpose.Recorder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      "register with onRemove, in probe, the resources of the device: threads, sockets, numbers";

  /** Returns the rule, of nothing in particular: to be read, not to be tested. */
  static Clause rule() {
    return Clause.of(RULE, SENTENCE, trial -> Verdict.skipped("there is no driver"));
  }

  /** Returns the rule for the devices of a driver. */
  static Clause of(Subject driver) {
    return Clause.of(RULE, SENTENCE, new Removal(driver)::judge);
  }

  private Verdict judge(Trial trial) throws Exception {
    if (trial.setting().reach() == Reach.PLAIN || trial.setting().memory() != Memory.AS_GIVEN) {
      return Verdict.skipped("the nodes it probes are known only for a driver behind a proxy");
    }
    List<String> nodes = probed(trial);
    if (nodes.isEmpty()) {
      return Verdict.skipped("no node describes it: it exists as long as the machine");
    }
    Board board;
    try {
      board = driver.board().withOverlay(status(nodes, "disabled"));
    } catch (BoardException needed) {
      return Verdict.skipped("its board does not boot without it: " + needed.getMessage());
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

  /**
   * The observations while devices were unplugged and plugged in.
   *
   * @param devices the devices that existed
   * @param failures the errors of nodes whose device could not be set up
   */
  private record Round(List<String> devices, List<String> failures) {
    static Round of(Machine machine, DeviceTree overlay) throws BoardException, ErrnoException {
      AppliedOverlay plugged = machine.plug(overlay);
      List<String> devices = machine.devices().stream().map(DeviceNode::name).toList();
      plugged.unplug();
      return new Round(devices, failures(plugged));
    }

    private static List<String> failures(AppliedOverlay plugged) {
      return plugged.nodes().stream()
          .flatMap(node ->
              node.outcome() instanceof Outcome.Failed failed
                  ? Stream.of(failed.at(node.place()))
                  : Stream.empty())
          .toList();
    }
  }

  private static Verdict judge(Machine machine, DeviceTree overlay)
      throws BoardException, ErrnoException {
    Round first = Round.of(machine, overlay);
    Round second = Round.of(machine, overlay);
    Optional<String> fault =
        Stream.of(faults(machine), machine.check(), first.failures(), second.failures())
            .flatMap(List::stream)
            .findFirst();
    return fault
        .map(found -> Verdict.broken(found, "a device that comes and goes", REMEDY))
        .orElseGet(() -> compare(first, second));
  }

  private static List<String> faults(Machine machine) {
    return machine.log().lines().stream().filter(line -> line.contains("PLUGIN-01")).toList();
  }

  private static Verdict compare(Round first, Round second) {
    return first.devices().equals(second.devices())
        ? Verdict.HELD
        : Verdict.broken(
            "plugged in again there are " + second.devices(), first.devices().toString(), REMEDY);
  }
}
