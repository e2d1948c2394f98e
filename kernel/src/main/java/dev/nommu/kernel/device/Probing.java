package dev.nommu.kernel.device;

import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.devicetree.Node;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.MainMemory;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.pages.OwnedPages;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final List<Driver> drivers;
  private final Map<String, Driver> byCompatible = new HashMap<>();
  private final KernelLog log;
  private final List<Probed> probed = new ArrayList<>();
  private final List<OwnedPages> pages = new ArrayList<>();
  private final Set<String> called = new HashSet<>();

  /**
   * Creates a probing that has looked at nothing yet.
   *
   * @param own the kernel's own drivers, which come first
   * @param plugins drivers in any order
   * @throws ErrnoException EIO if one of the kernel's cannot say what it is; EBUSY if two have one
   *     name
   */
  public Probing(
      Hardware hardware, List<DeviceDriver> own, Collection<Driver> plugins, KernelLog log)
      throws ErrnoException {
    this.hardware = hardware;
    this.drivers = Driver.inOrder(own, plugins);
    this.log = log;
    for (Driver driver : drivers) {
      driver.compatible().forEach(node -> byCompatible.putIfAbsent(node, driver));
    }
  }

  /**
   * Probes everything once.
   *
   * @throws BoardException if what the board says is in a part cannot be put there
   */
  public void run() throws BoardException {
    for (MainMemory.Unused unused : hardware.board().memory().unused()) {
      keep(unused.node(), List.of(), new Outcome.NotUsed(unused.reason()));
    }
    hardware.board().tree().root().children().forEach(this::visit);
    drivers.forEach(this::init);
    checkContents();
  }

  private void init(Driver driver) {
    DeviceDriver plugin = driver.plugin();
    Outcome outcome =
        attempt(
            driver,
            Optional.empty(),
            context -> PluginCall.tell(plugin, "init", () -> plugin.init(context)));
    if (outcome instanceof Outcome.Failed) {
      keep(driver.name(), List.of(), outcome);
    }
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
    Optional<Driver> driver = driverFor(compatible);
    if (driver.isPresent()) {
      probe(driver.get(), seen);
      return;
    }
    if (!compatible.isEmpty() && compatible.stream().noneMatch(TRANSPARENT::contains)) {
      keep(node.path(), compatible, new Outcome.NoDriver());
    }
    node.children().forEach(this::visit);
  }

  /** The most specific string of a node that a driver knows decides. */
  private Optional<Driver> driverFor(List<String> compatible) {
    return compatible.stream().map(byCompatible::get).filter(Objects::nonNull).findFirst();
  }

  private void probe(Driver driver, TreeNode node) {
    DeviceDriver plugin = driver.plugin();
    Outcome outcome =
        attempt(
            driver,
            Optional.of(node),
            context -> PluginCall.tell(plugin, "probe", () -> plugin.probe(node, context)));
    keep(node.path(), node.compatible(), outcome);
  }

  private interface Attempt {
    void with(DriverContext context) throws ErrnoException;
  }

  private Outcome attempt(Driver driver, Optional<TreeNode> node, Attempt attempt) {
    DriverContext context = new DriverContext(driver, node, hardware, log);
    called.add(driver.name());
    try {
      attempt.with(context);
      context.end();
      pages.add(context.ownedPages());
      return new Outcome.Bound(driver.name());
    } catch (ErrnoException reason) {
      context.rollBack();
      return new Outcome.Failed(driver.name(), reason);
    }
  }

  /** Keeps that the machine does not heed what a node says. */
  public void notUsed(String place, String reason) {
    keep(place, List.of(), new Outcome.NotUsed(reason));
  }

  private void keep(String place, List<String> compatible, Outcome outcome) {
    probed.add(new Probed(place, compatible, outcome));
    switch (outcome) {
      case Outcome.Bound bound -> log.print(place + ": bound to " + bound.driver());
      case Outcome.NoDriver none -> log.print(place + ": no driver for " + compatible);
      case Outcome.NotUsed(String reason) -> log.print(place + ": not used: " + reason);
      case Outcome.Disabled disabled -> log.print(place + ": disabled");
      case Outcome.Failed failed -> log.print(failed.at(place));
    }
  }

  /**
   * Closes every driver that was called, in the reverse order of init. What fails is logged, and
   * the others are closed all the same.
   */
  public void close() {
    drivers.reversed().stream()
        .filter(driver -> called.contains(driver.name()))
        .forEach(this::close);
  }

  private void close(Driver driver) {
    try {
      PluginCall.tell(driver.plugin(), "close", driver.plugin()::close);
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.describe());
    }
  }

  /** Returns what came of every node that says what it is, in the order of the tree. */
  public List<Probed> probed() {
    return List.copyOf(probed);
  }

  /** Returns where the RAM of the drivers comes from. */
  public List<OwnedPages> sources() {
    return List.copyOf(pages);
  }

  /** Returns how many pages of RAM the drivers have. */
  public long pages() {
    return pages.stream().mapToLong(OwnedPages::pages).sum();
  }
}
