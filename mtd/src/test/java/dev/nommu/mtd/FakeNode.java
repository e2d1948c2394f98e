package dev.nommu.mtd;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BusRange;
import dev.nommu.api.FirmwareNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A device tree node written down in a test. */
record FakeNode(
    String name,
    List<String> compatible,
    List<AddressRange> reg,
    Map<String, Object> properties,
    List<FirmwareNode> children)
    implements FirmwareNode {

  /** A flash, ROM or RAM with a bank width of 4. */
  static FakeNode device(String name, String compatible, long start, long length) {
    return new FakeNode(
            name,
            List.of(compatible.split(" ")),
            List.of(new AddressRange(start, length)),
            Map.of(),
            List.of())
        .with("bank-width", 4L);
  }

  /** A partition. */
  static FakeNode part(String label, long start, long length) {
    return new FakeNode(
            "p@%x".formatted(start),
            List.of(),
            List.of(new AddressRange(start, length)),
            Map.of(),
            List.of())
        .with("label", label);
  }

  /** This node with a property: a String, a Long or Boolean.TRUE. */
  FakeNode with(String property, Object value) {
    Map<String, Object> more = new TreeMap<>(properties);
    more.put(property, value);
    return new FakeNode(name, compatible, reg, more, children);
  }

  /** This node with a table of partitions. */
  FakeNode withPartitions(FirmwareNode... parts) {
    return withChildren(
        new FakeNode(
            "partitions", List.of("fixed-partitions"), List.of(), Map.of(), List.of(parts)));
  }

  /** This node with children. */
  FakeNode withChildren(FirmwareNode... nodes) {
    return new FakeNode(name, compatible, reg, properties, List.of(nodes));
  }

  @Override
  public String path() {
    return "/" + name;
  }

  @Override
  public boolean has(String property) {
    return switch (property) {
      case "reg" -> !reg.isEmpty();
      case "compatible" -> !compatible.isEmpty();
      default -> properties.containsKey(property);
    };
  }

  @Override
  public Optional<String> string(String property) {
    return Optional.ofNullable((String) properties.get(property));
  }

  @Override
  public List<Long> cells(String property) {
    return properties.get(property) instanceof Long cell ? List.of(cell) : List.of();
  }

  @Override
  public List<BusRange> localReg() {
    return reg.stream().map(range -> new BusRange(range.start(), range.length())).toList();
  }
}
