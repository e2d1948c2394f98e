package dev.nommu.kernel.device;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.devicetree.Node;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.MainMemory;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.memory.OwnedPages;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each node of the device tree to its driver, in the order of the tree, then lets every
 * driver set up what no node describes. What comes of each node is kept and can be listed.
 */
public final class Probing {
  /** Buses and containers that need no driver: their children are looked at. */
  private static final Set<String> TRANSPARENT =
      Set.of("simple-bus", "simple-mfd", "nommu,simulation");

  private final Hardware hardware;
  private final List<DeviceDriver> drivers;
  private final KernelLog log;
  private final List<Probed> probed = new ArrayList<>();
  private final List<OwnedPages> pages = new ArrayList<>();
  private final Set<DeviceDriver> called = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Creates a probing that has looked at nothing yet. */
  public Probing(Hardware hardware, List<DeviceDriver> drivers, KernelLog log) {
    this.hardware = hardware;
    this.drivers = List.copyOf(drivers);
    this.log = log;
  }

  /**
   * What came of a node, or of a driver's own devices.
   *
   * @param place the path of the node, or the name of the driver
   * @param compatible the node's compatible strings
   * @param outcome what came of it
   */
  public record Probed(String place, List<String> compatible, Outcome outcome) {}

  /** What can come of a node. */
  public sealed interface Outcome {
    /** A driver set it up. */
    record Bound(String driver) implements Outcome {}

    /** No driver knows any of its compatible strings. */
    record NoDriver() implements Outcome {}

    /**
     * The board says something that the machine does not have.
     *
     * @param reason what and why
     */
    record NotUsed(String reason) implements Outcome {}

    /** Its status is not "okay". */
    record Disabled() implements Outcome {}

    /** Its driver could not set it up. */
    record Failed(String driver, ErrnoException reason) implements Outcome {}
  }

  /**
   * Probes everything once.
   *
   * @throws BoardException if what the board says is in a part cannot be put there
   */
  public void run() throws BoardException {
    for (MainMemory.Range range : hardware.board().memory().unused()) {
      keep(range.node(), List.of(), new Outcome.NotUsed("one bank of RAM, not " + range.range()));
    }
    hardware.board().tree().root().children().forEach(this::visit);
    for (DeviceDriver driver : drivers) {
      Outcome outcome =
          attempt(
              driver,
              Optional.empty(),
              context -> PluginCall.tell(driver, "init", () -> driver.init(context)));
      if (outcome instanceof Outcome.Failed) {
        keep(driver.name(), List.of(), outcome);
      }
    }
    checkContents();
  }

  private void checkContents() throws BoardException {
    hardware.images().requireAllLoaded(hardware.board().name());
    for (Content content : hardware.images().unused(hardware.board().simulation().contents())) {
      String reason = "no driver asked for image " + content.image();
      keep(content.entry(), List.of(), new Outcome.NotUsed(reason));
    }
  }

  private void visit(Node node) {
    TreeNode seen = new TreeNode(node);
    List<String> compatible = seen.compatible();
    if (!node.isAvailable()) {
      keep(node.path(), compatible, new Outcome.Disabled());
      return;
    }
    Optional<DeviceDriver> driver = driverFor(compatible);
    if (driver.isPresent()) {
      probe(driver.get(), seen);
      return;
    }
    if (!compatible.isEmpty() && compatible.stream().noneMatch(TRANSPARENT::contains)) {
      keep(node.path(), compatible, new Outcome.NoDriver());
    }
    node.children().forEach(this::visit);
  }

  private Optional<DeviceDriver> driverFor(List<String> compatible) {
    for (String wanted : compatible) {
      for (DeviceDriver driver : drivers) {
        if (driver.compatible().contains(wanted)) {
          return Optional.of(driver);
        }
      }
    }
    return Optional.empty();
  }

  private void probe(DeviceDriver driver, TreeNode node) {
    Outcome outcome =
        attempt(
            driver,
            Optional.of(node.path()),
            context -> PluginCall.tell(driver, "probe", () -> driver.probe(node, context)));
    keep(node.path(), node.compatible(), outcome);
  }

  private interface Attempt {
    void with(DriverContext context) throws ErrnoException;
  }

  private Outcome attempt(DeviceDriver driver, Optional<String> nodePath, Attempt attempt) {
    DriverContext context = new DriverContext(driver.name(), nodePath, hardware);
    called.add(driver);
    try {
      attempt.with(context);
      pages.add(context.ownedPages());
      return new Outcome.Bound(driver.name());
    } catch (ErrnoException reason) {
      context.rollBack();
      return new Outcome.Failed(driver.name(), reason);
    }
  }

  private void keep(String place, List<String> compatible, Outcome outcome) {
    probed.add(new Probed(place, compatible, outcome));
    switch (outcome) {
      case Outcome.Bound bound -> log.print(place + ": bound to " + bound.driver());
      case Outcome.NoDriver none -> log.print(place + ": no driver for " + compatible);
      case Outcome.NotUsed(String reason) -> log.print(place + ": not used: " + reason);
      case Outcome.Disabled disabled -> log.print(place + ": disabled");
      case Outcome.Failed(String driver, ErrnoException reason) ->
          log.print(place + ": " + driver + " failed: " + reason.getMessage());
    }
  }

  /**
   * Closes every driver that was called, in the reverse order of init. What fails is logged, and
   * the others are closed all the same.
   */
  public void close() {
    drivers.reversed().stream().filter(called::contains).forEach(this::close);
  }

  private void close(DeviceDriver driver) {
    try {
      PluginCall.tell(driver, "close", driver::close);
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.describe());
    }
  }

  /** Returns what came of every node that says what it is, in the order of the tree. */
  public List<Probed> probed() {
    return List.copyOf(probed);
  }

  /** Returns how many pages of RAM the drivers have. */
  public long pages() {
    return pages.stream().mapToLong(OwnedPages::pages).sum();
  }
}
