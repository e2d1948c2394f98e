package dev.nommu.kernel.board;

import dev.nommu.api.AddressRange;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Location;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import dev.nommu.kernel.board.Simulation.Content;
import dev.nommu.kernel.board.Simulation.HostDirectory;
import dev.nommu.kernel.board.Simulation.Keeping;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.board.Simulation.NamedWindow;
import dev.nommu.kernel.board.Simulation.Origin;
import dev.nommu.kernel.board.Simulation.Place;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the node {@code /nommu} of a device tree, whose form {@code docs/BOARDS.md} describes. */
final class SimulationReader {
  private final Path directory;

  SimulationReader(Path directory) {
    this.directory = directory;
  }

  Simulation read(DeviceTree tree) throws DeviceTreeException, BoardException {
    Optional<Node> node = tree.root().child("nommu");
    if (node.isEmpty()) {
      return new Simulation(List.of(), Map.of(), List.of(), List.of(), directory);
    }
    SimulationForm.require(node.get());
    return new Simulation(
        contents(tree, children(node.get(), "contents")),
        hostDirectories(children(node.get(), "host")),
        mounts(node.get()),
        windows(children(node.get(), "windows")),
        directory);
  }

  private static List<Node> children(Node node, String name) {
    return node.child(name).map(Node::children).orElse(List.of());
  }

  private List<Content> contents(DeviceTree tree, List<Node> nodes)
      throws DeviceTreeException, BoardException {
    List<Content> contents = new ArrayList<>();
    for (Node node : nodes) {
      contents.add(
          new Content(
              node.path(),
              Optional.of(node.location()),
              place(tree, node),
              path(node, "image"),
              keeping(node)));
    }
    return contents;
  }

  private static Place place(DeviceTree tree, Node node)
      throws DeviceTreeException, BoardException {
    Optional<Property> device = node.property("device");
    if (device.isEmpty()) {
      return new Place.AtAddress(range(node).start());
    }
    String path = device.get().asString();
    Optional<Node> described = tree.node(path);
    if (described.isEmpty()) {
      throw wrong(node, "device", "the path of a node, &label or an alias", '"' + path + '"');
    }
    return new Place.OfNode(described.get().path());
  }

  private Map<String, HostDirectory> hostDirectories(List<Node> nodes)
      throws DeviceTreeException, BoardException {
    Map<String, HostDirectory> directories = new LinkedHashMap<>();
    for (Node node : nodes) {
      directories.put(node.name(), new HostDirectory(path(node, "directory"), keeping(node)));
    }
    return directories;
  }

  private static List<MountEntry> mounts(Node simulation)
      throws DeviceTreeException, BoardException {
    List<MountEntry> mounts = new ArrayList<>();
    for (Node node : children(simulation, "mounts")) {
      mounts.add(
          new MountEntry(
              node.requireProperty("source").asString(),
              node.requireProperty("target").asString(),
              node.requireProperty("type").asString(),
              node.property("options").isPresent()
                  ? node.requireProperty("options").asString()
                  : "",
              Optional.of(new Origin(node.location(), node.path()))));
    }
    Optional<Property> fstab = simulation.property("fstab");
    if (fstab.isPresent()) {
      addTable(fstab.get(), mounts);
    }
    return mounts;
  }

  private static void addTable(Property fstab, List<MountEntry> mounts)
      throws DeviceTreeException, BoardException {
    Origin origin = new Origin(fstab.location(), fstab.node().path() + ": fstab");
    for (String line : fstab.asStrings()) {
      try {
        Fstab.parseLine(line).map(entry -> entry.at(origin)).ifPresent(mounts::add);
      } catch (IllegalArgumentException malformed) {
        throw new BoardException(
            "%s: %s: %s".formatted(fstab.location(), fstab.node().path(), malformed.getMessage()),
            malformed);
      }
    }
  }

  private static List<NamedWindow> windows(List<Node> nodes)
      throws DeviceTreeException, BoardException {
    List<NamedWindow> windows = new ArrayList<>();
    for (Node node : nodes) {
      windows.add(new NamedWindow(node.baseName(), range(node)));
    }
    return windows;
  }

  private static AddressRange range(Node node) throws DeviceTreeException, BoardException {
    var reg = node.reg();
    if (reg.size() != 1 || reg.getFirst().address() < 0 || reg.getFirst().size() <= 0) {
      throw wrong(node, "reg", "one range of physical addresses", reg);
    }
    return new AddressRange(reg.getFirst().address(), reg.getFirst().size());
  }

  private Path path(Node node, String property) throws DeviceTreeException, BoardException {
    String text = node.requireProperty(property).asString();
    try {
      return directory.resolve(text);
    } catch (InvalidPathException notAName) {
      throw wrong(node, property, "the name of a file", '"' + text + '"');
    }
  }

  private static Keeping keeping(Node node) throws BoardException {
    boolean persistent = node.property("persistent").isPresent();
    if (node.property("read-only").isEmpty()) {
      return persistent ? Keeping.PERSISTENT : Keeping.VOLATILE;
    }
    if (persistent) {
      throw wrong(node, "persistent", "persistent or read-only", "both");
    }
    return Keeping.READ_ONLY;
  }

  private static BoardException wrong(Node node, String property, String expected, Object found) {
    Location place = node.property(property).map(Property::location).orElse(node.location());
    return new BoardException(
        "%s: %s: %s: expected %s, found %s"
            .formatted(place, node.path(), property, expected, found));
  }
}
