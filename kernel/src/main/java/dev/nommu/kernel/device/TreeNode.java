package dev.nommu.kernel.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BusRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.devicetree.DeviceTreeException;
import dev.nommu.devicetree.Node;
import dev.nommu.devicetree.Property;
import dev.nommu.devicetree.Translation;
import java.lang.ScopedValue.CallableOp;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A node of a device tree as a driver sees it.
 *
 * @param node the node
 */
record TreeNode(Node node) implements FirmwareNode {
  private static final String SPECIFICATION = "Devicetree Specification v0.4, ";
  private static final String VALUES = SPECIFICATION + "2.2.4";
  private static final String REG = SPECIFICATION + "2.3.6";
  private static final String RANGES = SPECIFICATION + "2.3.8";

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public String path() {
    return node.path();
  }

  @Override
  public boolean has(String property) {
    return node.property(property).isPresent();
  }

  @Override
  public Optional<String> string(String property) throws ErrnoException {
    Optional<Property> found = node.property(property);
    return found.isEmpty() ? Optional.empty() : Optional.of(read(VALUES, found.get()::asString));
  }

  @Override
  public List<Long> cells(String property) throws ErrnoException {
    Optional<Property> found = node.property(property);
    return found.isEmpty() ? List.of() : read(VALUES, found.get()::asCells);
  }

  @Override
  public List<AddressRange> reg() throws ErrnoException {
    List<AddressRange> physical = new ArrayList<>();
    for (dev.nommu.devicetree.AddressRange range : read(REG, node::reg)) {
      physical.add(physical(range));
    }
    return physical;
  }

  /**
   * Returns the names of its device and its registers, as {@code of_device_make_bus_id} and {@code
   * devm_ioremap_resource} make them: {@code 20000000.flash flash@20000000}; its name if it has no
   * address.
   */
  String resourceName() {
    try {
      return "%x.%s %s".formatted(reg().getFirst().start(), name().replaceFirst("@.*", ""), name());
    } catch (ErrnoException | NoSuchElementException noAddress) {
      return name();
    }
  }

  private AddressRange physical(dev.nommu.devicetree.AddressRange range) throws ErrnoException {
    return switch (read(RANGES, () -> node.translate(range))) {
      case Translation.Mapped(dev.nommu.devicetree.AddressRange mapped) -> checked(mapped);
      case Translation.Blocked blocked ->
          throw new ErrnoException(Errno.EINVAL, path() + ": reg: " + blocked.reason());
    };
  }

  @Override
  public List<BusRange> localReg() throws ErrnoException {
    List<BusRange> local = new ArrayList<>();
    for (dev.nommu.devicetree.AddressRange range : read(REG, node::reg)) {
      local.add(range.size() == 0 && range.address() >= 0 ? empty(range) : local(range));
    }
    return local;
  }

  private static BusRange empty(dev.nommu.devicetree.AddressRange range) {
    return new BusRange(range.address(), 0);
  }

  private BusRange local(dev.nommu.devicetree.AddressRange range) throws ErrnoException {
    AddressRange checked = checked(range);
    return new BusRange(checked.start(), checked.length());
  }

  private AddressRange checked(dev.nommu.devicetree.AddressRange range) throws ErrnoException {
    if (range.address() < 0 || range.size() <= 0 || range.address() + range.size() < 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s: reg: expected addresses below 2^63, found %s (%s)".formatted(path(), range, REG));
    }
    return new AddressRange(range.address(), range.size());
  }

  @Override
  public List<String> compatible() {
    try {
      return node.compatible();
    } catch (DeviceTreeException notText) {
      return List.of();
    }
  }

  @Override
  public List<FirmwareNode> children() {
    return node.children().stream().<FirmwareNode>map(TreeNode::new).toList();
  }

  private static <T> T read(String rule, CallableOp<T, DeviceTreeException> reading)
      throws ErrnoException {
    try {
      return reading.call();
    } catch (DeviceTreeException malformed) {
      throw new ErrnoException(
          Errno.EINVAL, "%s (%s)".formatted(malformed.getMessage(), rule), malformed);
    }
  }
}
