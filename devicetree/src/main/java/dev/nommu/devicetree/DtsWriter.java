package dev.nommu.devicetree;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a device tree as source, as {@code dtc -O dts} does. A tree does not record whether a
 * value was text or numbers, so that is guessed: text if it looks like text, else cells if they
 * fill it, else bytes.
 */
public final class DtsWriter {
  private static final String INDENT = "\t";
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final StringBuilder text = new StringBuilder("/dts-v1/;\n");

  private DtsWriter() {}

  /**
   * Returns the source; {@link DeviceTree#parseDts} of it gives an equal tree, unless the tree came
   * from a blob with contents that source cannot express: a {@code name}, a phandle of several
   * nodes, a name with characters not allowed for nodes, a boot CPU that is not the first.
   */
  public static String write(DeviceTree tree) {
    DtsWriter writer = new DtsWriter();
    tree.memoryReservations().forEach(writer::reservation);
    writer.text.append("\n/ {\n");
    writer.body(tree.root(), INDENT);
    writer.text.append("};\n");
    return writer.text.toString();
  }

  private void reservation(AddressRange range) {
    text.append("\n/memreserve/ 0x%x 0x%x;\n".formatted(range.address(), range.size()));
  }

  private void body(Node node, String indent) {
    node.properties().forEach(property -> property(property, indent));
    for (Node child : node.children()) {
      text.append('\n').append(indent).append(child.name()).append(" {\n");
      body(child, indent + INDENT);
      text.append(indent).append("};\n");
    }
  }

  private void property(Property property, String indent) {
    text.append(indent).append(property.name());
    if (property.size() > 0) {
      text.append(" = ").append(value(property));
    }
    text.append(";\n");
  }

  private static String value(Property property) {
    byte[] bytes = property.bytes();
    if (isText(bytes)) {
      return property.texts().stream().map(DtsWriter::quoted).collect(Collectors.joining(", "));
    }
    return bytes.length % Integer.BYTES == 0
        ? property.cells().map("0x%x"::formatted).collect(Collectors.joining(" ", "<", ">"))
        : "[" + HEX.formatHex(bytes) + "]";
  }

  /** Returns whether a value is strings of printable characters, none of them empty. */
  private static boolean isText(byte[] bytes) {
    boolean printable = IntStream.range(0, bytes.length).allMatch(i -> isPrintable(bytes[i]));
    return printable && bytes[0] != 0 && bytes[bytes.length - 1] == 0 && !hasEmpty(bytes);
  }

  private static boolean isPrintable(byte b) {
    return b == 0 || (b >= ' ' && b <= '~');
  }

  private static boolean hasEmpty(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains("\0\0");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
