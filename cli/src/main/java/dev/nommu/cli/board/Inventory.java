package dev.nommu.cli.board;

import dev.nommu.api.AddressRange;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.fs.StoreNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The parts of a machine: the nodes of its device tree, their devices and mounts. */
final class Inventory {
  private final Map<String, List<Probed>> probed = new LinkedHashMap<>();
  private final Map<String, List<Device>> devices = new LinkedHashMap<>();

  private Inventory(Machine machine) {
    machine.nodes().forEach(each -> add(probed, each.place(), each));
    Map<String, StoreNode> stores = new HashMap<>();
    machine.stores().forEach(store -> stores.put(store.device(), store));
    Map<String, List<MountPoint>> mounts = new HashMap<>();
    machine.mounts().forEach(mount -> add(mounts, mount.source(), mount));
    for (DeviceNode node : machine.devices()) {
      Optional<StoreNode> store = Optional.ofNullable(stores.get(node.name()));
      List<MountPoint> on =
          Stream.concat(
                  Stream.of("/dev/" + node.name()),
                  store.stream().flatMap(found -> found.names().stream()))
              .flatMap(source -> mounts.getOrDefault(source, List.of()).stream())
              .toList();
      add(devices, node.place(), new Device(node, store, on));
    }
  }

  private static <T> void add(Map<String, List<T>> to, String key, T value) {
    to.computeIfAbsent(key, absent -> new ArrayList<>()).add(value);
  }

  /** Returns the top-level nodes, and then the drivers without a node in the tree. */
  static List<Part> of(Machine machine) {
    Inventory inventory = new Inventory(machine);
    List<Part> parts = new ArrayList<>(inventory.children(machine.board().tree().root()));
    Set<String> withoutNode = new TreeSet<>(inventory.devices.keySet());
    withoutNode.addAll(inventory.probed.keySet());
    withoutNode.removeIf(place -> machine.board().tree().node(place).isPresent());
    withoutNode.forEach(place -> parts.add(inventory.withoutNode(place)));
    return parts;
  }

  private List<Part> children(Node node) {
    return node.children().stream().map(this::part).filter(Part::isShown).toList();
  }

  private Part part(Node node) {
    List<Probed> found = probed.getOrDefault(node.path(), List.of());
    return new Part(
        node.path(),
        node.name(),
        addresses(node),
        found.stream().flatMap(each -> each.compatible().stream()).toList(),
        found.stream().map(Probed::outcome).toList(),
        devices.getOrDefault(node.path(), List.of()),
        children(node));
  }

  private static List<AddressRange> addresses(Node node) {
    try {
      return node.reg().stream()
          .filter(range -> range.size() > 0 && range.address() >= 0)
          .map(range -> new AddressRange(range.address(), range.size()))
          .toList();
    } catch (DeviceTreeException noAddresses) {
      return List.of();
    }
  }

  private Part withoutNode(String place) {
    return new Part(
        place,
        place,
        List.of(),
        List.of(),
        probed.getOrDefault(place, List.of()).stream().map(Probed::outcome).toList(),
        devices.getOrDefault(place, List.of()),
        List.of());
  }
}
