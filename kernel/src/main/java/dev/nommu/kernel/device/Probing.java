package dev.nommu.kernel.device;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.ErrnoException;
import dev.nommu.devicetree.Node;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.MainMemory;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.call.FallibleAction;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes each node of the device tree to its driver, in order, then lets every driver set up
 * devices that no node describes. The outcome of each node is recorded and can be listed. When the
 * tree changes, so do the devices (section HOT). Thread-safe; drivers are called one at a time.
 */
public final class Probing {
  /** Buses and containers that need no driver: their children are probed. */
  private static final Set<String> TRANSPARENT =
      Set.of("simple-bus", "simple-mfd", "nommu,simulation");

  private final List<Driver> drivers;
  private final Map<String, Driver> byCompatible = new HashMap<>();
  private final KernelLog log;

  /** Held while drivers are called. */
  private final ReentrantLock turn = new ReentrantLock();

  @GuardedBy("turn")
  private Hardware hardware;

  /** The outcomes of the nodes that were visited, by their paths. */
  @GuardedBy("turn")
  private final Map<String, Probed> nodes = new HashMap<>();

  /** The devices set up, in the order of probing. */
  @GuardedBy("turn")
  private final List<DriverContext> bound = new ArrayList<>();

  @GuardedBy("turn")
  private final Set<String> called = new HashSet<>();

  @GuardedBy("turn")
  private boolean closed;

  @GuardedBy("this")
  private final List<Probed> probed = new ArrayList<>();

  /** The pages of devices that are set up, or unplugged but still used. */
  private final Set<OwnedPages> pages = ConcurrentHashMap.newKeySet();

  /**
   * Creates a probing that has not run yet.
   *
   * @param own the kernel's own drivers, which come first
   * @param plugins drivers in any order
   * @throws ErrnoException EIO if one of the kernel's fails; EBUSY if two have the same name
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
   * @throws BoardException if the board's contents of a part cannot be loaded
   */
  public void run() throws BoardException {
    turn.lock();
    try {
      for (MainMemory.Unused unused : hardware.board().memory().unused()) {
        keep(unused.node(), List.of(), new Outcome.NotUsed(unused.reason()));
      }
      visitAll(hardware.board().tree().root());
      for (Driver driver : drivers) {
        init(driver);
      }
      checkContents();
    } finally {
      turn.unlock();
    }
  }

  @GuardedBy("turn")
  private void init(Driver driver) {
    DeviceDriver plugin = driver.plugin();
    DriverContext context = new DriverContext(driver, Optional.empty(), hardware, log);
    Outcome outcome =
        attempt(driver, context, () -> PluginCall.tell(plugin, "init", () -> plugin.init(context)));
    if (outcome instanceof Outcome.Failed) {
      keep(driver.name(), List.of(), outcome);
    }
    keepIgnored(context);
  }

  @GuardedBy("turn")
  private void checkContents() throws BoardException {
    hardware.images().requireAllLoaded(hardware.board().name());
    for (Content content : hardware.images().unused(hardware.board().simulation().contents())) {
      String reason = "no driver asked for image " + content.image();
      keep(content.entry(), List.of(), new Outcome.NotUsed(reason));
    }
  }

  /**
   * Applies a changed tree of the board: devices whose nodes are gone or disabled are removed, in
   * reverse order of probing; new nodes are probed.
   *
   * @param board the board with the changed tree
   * @throws IllegalStateException if the drivers are closed
   */
  public void change(Board board) {
    turn.lock();
    try {
      requireOpen();
      hardware = hardware.with(board);
      removeAbsent();
      forgetChanged();
      visitAll(board.tree().root());
    } finally {
      turn.unlock();
    }
  }

  @GuardedBy("turn")
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(hardware.board().name() + ": the machine is closed");
    }
  }

  @GuardedBy("turn")
  private void removeAbsent() {
    for (DriverContext device : List.copyOf(bound).reversed()) {
      if (device.isOfNode() && !isThere(device.place())) {
        bound.remove(device);
        device.remove(() -> pages.remove(device.ownedPages()));
        log.print(device.place() + ": unplugged");
      }
    }
  }

  /** Forgets nodes that are gone or whose usability has changed: they are visited again. */
  @GuardedBy("turn")
  private void forgetChanged() {
    for (Probed node : List.copyOf(nodes.values())) {
      boolean disabled = node.outcome() instanceof Outcome.Disabled;
      boolean gone = hardware.board().tree().node(node.place()).isEmpty();
      if (gone || disabled == isThere(node.place())) {
        nodes.remove(node.place());
        forget(node);
      }
    }
  }

  /** Returns whether a node exists, and it and all its ancestors are usable. */
  @GuardedBy("turn")
  private boolean isThere(String path) {
    Optional<Node> node = Optional.of(hardware.board().tree().root());
    for (String name : path.substring(1).split("/")) {
      node = node.flatMap(above -> above.child(name)).filter(Node::isAvailable);
    }
    return node.isPresent();
  }

  private synchronized void forget(Probed node) {
    probed.removeIf(each -> each.place().equals(node.place()));
  }

  @GuardedBy("turn")
  private void visitAll(Node above) {
    for (Node child : above.children()) {
      visit(child);
    }
  }

  @GuardedBy("turn")
  private void visit(Node node) {
    Probed known = nodes.get(node.path());
    if (known == null) {
      visitNew(node);
    } else if (known.outcome() instanceof Outcome.NoDriver) {
      visitAll(node);
    }
  }

  @GuardedBy("turn")
  private void visitNew(Node node) {
    TreeNode seen = new TreeNode(node);
    List<String> compatible = seen.compatible();
    if (!node.isAvailable()) {
      keep(node, compatible, new Outcome.Disabled());
      return;
    }
    Optional<Driver> driver = driverFor(compatible);
    if (driver.isPresent()) {
      probe(driver.get(), node, seen);
      return;
    }
    if (!compatible.isEmpty() && compatible.stream().noneMatch(TRANSPARENT::contains)) {
      keep(node, compatible, new Outcome.NoDriver());
    }
    visitAll(node);
  }

  /** Finds the driver by the most specific compatible string that any driver knows. */
  private Optional<Driver> driverFor(List<String> compatible) {
    return compatible.stream().map(byCompatible::get).filter(Objects::nonNull).findFirst();
  }

  @GuardedBy("turn")
  private void probe(Driver driver, Node node, TreeNode seen) {
    DeviceDriver plugin = driver.plugin();
    DriverContext context = new DriverContext(driver, Optional.of(seen), hardware, log);
    Outcome outcome =
        attempt(
            driver,
            context,
            () -> PluginCall.tell(plugin, "probe", () -> plugin.probe(seen, context)));
    keep(node, seen.compatible(), outcome);
    keepIgnored(context);
  }

  private void keepIgnored(DriverContext context) {
    context.ignored().forEach(reason -> notUsed(context.place(), reason));
  }

  @GuardedBy("turn")
  private Outcome attempt(
      Driver driver, DriverContext context, FallibleAction<ErrnoException> call) {
    called.add(driver.name());
    try {
      call.run();
      context.end();
      bound.add(context);
      pages.add(context.ownedPages());
      return new Outcome.Bound(driver.name());
    } catch (ErrnoException reason) {
      context.rollBack();
      return new Outcome.Failed(driver.name(), reason);
    } catch (RuntimeException | Error unwound) {
      context.rollBack();
      throw unwound;
    }
  }

  /** Records that the machine does not use a node, and why. */
  public void notUsed(String place, String reason) {
    keep(place, List.of(), new Outcome.NotUsed(reason));
  }

  @GuardedBy("turn")
  private void keep(Node node, List<String> compatible, Outcome outcome) {
    nodes.put(node.path(), keep(node.path(), compatible, outcome));
  }

  private Probed keep(String place, List<String> compatible, Outcome outcome) {
    Probed kept = new Probed(place, compatible, outcome);
    synchronized (this) {
      probed.add(kept);
    }
    switch (outcome) {
      case Outcome.Bound bound -> log.print(place + ": bound to " + bound.driver());
      case Outcome.NoDriver none -> log.print(place + ": no driver for " + compatible);
      case Outcome.NotUsed(String reason) -> log.print(place + ": not used: " + reason);
      case Outcome.Disabled disabled -> log.print(place + ": disabled");
      case Outcome.Failed failed -> log.print(failed.at(place));
    }
    return kept;
  }

  /**
   * Closes the resources of all devices in reverse order, and then every driver that was called, in
   * the reverse order of init. Failures are logged; the others are still closed.
   */
  public void close() {
    turn.lock();
    try {
      closed = true;
      bound.reversed().forEach(DriverContext::closeResources);
      for (Driver driver : drivers.reversed()) {
        if (called.contains(driver.name())) {
          close(driver);
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private void close(Driver driver) {
    try {
      PluginCall.tell(driver.plugin(), "close", driver.plugin()::close);
    } catch (ErrnoException failure) {
      log.print("shutdown: " + failure.describe());
    }
  }

  /** Returns the outcome of every node with a compatible string, in the order of probing. */
  public synchronized List<Probed> probed() {
    return List.copyOf(probed);
  }

  /** Returns the pages of RAM owned by drivers. */
  public List<OwnedPages> sources() {
    return List.copyOf(pages);
  }

  /** Returns the number of pages of RAM that drivers have. */
  public long pages() {
    return pages.stream().mapToLong(OwnedPages::pages).sum();
  }
}
