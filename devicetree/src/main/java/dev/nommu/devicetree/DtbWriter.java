package dev.nommu.devicetree;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Flattens a device tree: version 17, compatible with 16 (Devicetree Specification v0.4, chapter
 * 5), in the order of dtc: header, reservations, structure, strings, without padding. The strings
 * block has each name once.
 */
public final class DtbWriter {
  private static final int RESERVATION_SIZE = 16;

  private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final Map<String, Integer> stringOffsets = new HashMap<>();

  private DtbWriter() {}

  /** Returns the blob; {@link DeviceTree#parseDtb} of it gives an equal tree. */
  public static byte[] write(DeviceTree tree) {
    DtbWriter writer = new DtbWriter();
    writer.node(tree.root());
    writer.u32(DtbToken.END);
    return writer.assemble(tree);
  }

  private void node(Node node) {
    u32(DtbToken.BEGIN_NODE);
    padded(terminated(node.name()));
    node.properties().forEach(this::property);
    node.children().forEach(this::node);
    u32(DtbToken.END_NODE);
  }

  private void property(Property property) {
    u32(DtbToken.PROP);
    u32(property.size());
    u32(stringOffsets.computeIfAbsent(property.name(), this::addString));
    padded(property.bytes());
  }

  private int addString(String string) {
    int offset = strings.size();
    strings.writeBytes(terminated(string));
    return offset;
  }

  private static byte[] terminated(String name) {
    return (name + '\0').getBytes(StandardCharsets.ISO_8859_1);
  }

  private void u32(int value) {
    structure.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  private void padded(byte[] bytes) {
    structure.writeBytes(bytes);
    structure.writeBytes(new byte[-bytes.length & 3]);
  }

  private byte[] assemble(DeviceTree tree) {
    List<AddressRange> reservations = tree.memoryReservations();
    int structureOffset = DtbHeader.SIZE + RESERVATION_SIZE * (reservations.size() + 1);
    int stringsOffset = structureOffset + structure.size();
    ByteBuffer blob = ByteBuffer.allocate(stringsOffset + strings.size());
    blob.putInt(DtbHeader.MAGIC).putInt(blob.capacity());
    blob.putInt(structureOffset).putInt(stringsOffset).putInt(DtbHeader.SIZE);
    blob.putInt(DtbHeader.VERSION).putInt(DtbHeader.LAST_COMPATIBLE_VERSION);
    blob.putInt((int) tree.bootCpuId()).putInt(strings.size()).putInt(structure.size());
    reservations.forEach(range -> blob.putLong(range.address()).putLong(range.size()));
    blob.putLong(0).putLong(0);
    return blob.put(structure.toByteArray()).put(strings.toByteArray()).array();
  }
}
