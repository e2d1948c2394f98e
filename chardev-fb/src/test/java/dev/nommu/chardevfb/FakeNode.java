package dev.nommu.chardevfb;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BusRange;
import dev.nommu.api.FirmwareNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node of a device tree: a simple frame buffer of 96x64 pixels unless a test changes it. */
final class FakeNode implements FirmwareNode {
  private final Map<String, Long> cells = new HashMap<>();
  private final Map<String, String> strings = new HashMap<>();
  private List<AddressRange> reg = List.of();
  private List<String> compatible = List.of("simple-framebuffer");

  static FakeNode screen(String format, int stride) {
    return new FakeNode()
        .at(new AddressRange(0x8780_0000L, 0x8000))
        .cell("width", 96)
        .cell("height", 64)
        .cell("stride", stride)
        .string("format", format);
  }

  FakeNode at(AddressRange... ranges) {
    reg = List.of(ranges);
    return this;
  }

  FakeNode cell(String property, long value) {
    cells.put(property, value);
    return this;
  }

  FakeNode string(String property, String value) {
    strings.put(property, value);
    return this;
  }

  FakeNode compatible(String... names) {
    compatible = List.of(names);
    return this;
  }

  FakeNode without(String property) {
    cells.remove(property);
    strings.remove(property);
    return this;
  }

  @Override
  public String name() {
    return "framebuffer@87800000";
  }

  @Override
  public String path() {
    return "/chosen/framebuffer@87800000";
  }

  @Override
  public boolean has(String property) {
    return cells.containsKey(property) || strings.containsKey(property);
  }

  @Override
  public Optional<String> string(String property) {
    return Optional.ofNullable(strings.get(property));
  }

  @Override
  public List<Long> cells(String property) {
    return Optional.ofNullable(cells.get(property)).stream().toList();
  }

  @Override
  public List<AddressRange> reg() {
    return reg;
  }

  @Override
  public List<BusRange> localReg() {
    return reg.stream().map(range -> new BusRange(range.start(), range.length())).toList();
  }

  @Override
  public List<String> compatible() {
    return compatible;
  }

  @Override
  public List<FirmwareNode> children() {
    return List.of();
  }
}
