package dev.nommu.devicetree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one flattened device tree (Devicetree Specification v0.4, 5.3 to 5.5). */
final class DtbReader {
  private final byte[] bytes;
  private final ByteBuffer blob;
  private final String source;
  private final DtbHeader header;
  private int position;

  DtbReader(byte[] blob, String source) throws DeviceTreeException {
    this.bytes = blob;
    this.blob = ByteBuffer.wrap(blob);
    this.source = source;
    this.header = DtbHeader.read(blob, source);
    this.position = header.structure();
  }

  DeviceTree read() throws DeviceTreeException {
    List<AddressRange> reservations = reservations();
    Node root = root();
    return new DeviceTree(root, reservations, header.bootCpuId());
  }

  private List<AddressRange> reservations() throws DeviceTreeException {
    List<AddressRange> found = new ArrayList<>();
    int at = header.reservations();
    while (header.totalSize() - at >= 16) {
      long address = blob.getLong(at);
      long size = blob.getLong(at + 8);
      if (address == 0 && size == 0) {
        return found;
      }
      found.add(reservation(at, address, size));
      at += 16;
    }
    throw error(
        at, "memory reservations", "an entry of zeroes at their end", "the end of the blob");
  }

  private AddressRange reservation(int at, long address, long size) throws DeviceTreeException {
    if (AddressRange.wraps(address, size)) {
      throw error(
          at,
          "memory reservations",
          "ranges inside the 64-bit address space",
          AddressRange.show(address, size));
    }
    return new AddressRange(address, size);
  }

  private Node root() throws DeviceTreeException {
    require(DtbToken.BEGIN_NODE, "FDT_BEGIN_NODE of the root");
    int at = lastToken();
    Node root = Node.root(new Location.Offset(source, at));
    String name = nodeName();
    if (!name.isEmpty()) {
      throw error(at, "root node", "no name", DeviceTreeException.quote(name));
    }
    readNode(root, 1);
    require(DtbToken.END, "FDT_END after the root node");
    if (position != header.structureEnd()) {
      throw error(
          position,
          "structure block",
          "its end, at 0x%x".formatted(position),
          "0x%x".formatted(header.structureEnd()));
    }
    return root;
  }

  private void require(int wanted, String expected) throws DeviceTreeException {
    if (token() != wanted) {
      throw wrongToken(expected);
    }
  }

  /** Reads the contents of a node, up to its FDT_END_NODE. */
  private void readNode(Node node, int depth) throws DeviceTreeException {
    while (true) {
      switch (token()) {
        case DtbToken.PROP -> readProperty(node, lastToken());
        case DtbToken.BEGIN_NODE -> readChild(node, lastToken(), depth + 1);
        case DtbToken.END_NODE -> {
          return;
        }
        default -> throw wrongToken("FDT_PROP, FDT_BEGIN_NODE or FDT_END_NODE");
      }
    }
  }

  private void readChild(Node parent, int at, int depth) throws DeviceTreeException {
    if (depth > Node.DEEPEST) {
      throw error(at, "nodes", "at most %d levels".formatted(Node.DEEPEST), "one more");
    }
    String name = nodeName();
    requireAllowed(NameRule.NODE_OF_BLOB, name, at, parent);
    if (parent.hasChild(name)) {
      throw twice(at, parent, "node", name);
    }
    readNode(parent.addChild(name, new Location.Offset(source, at)), depth);
  }

  private void readProperty(Node node, int at) throws DeviceTreeException {
    if (node.hasChildren()) {
      throw error(at, node.path(), "properties before subnodes", "a property after them");
    }
    long length = u32();
    String name = propertyName(u32());
    requireAllowed(NameRule.PROPERTY, name, at, node);
    if (node.property(name).isPresent()) {
      throw twice(at, node, "property", name);
    }
    node.addProperty(name, value(length, node, name), new Location.Offset(source, at));
  }

  private byte[] value(long length, Node node, String name) throws DeviceTreeException {
    int left = header.structureEnd() - position;
    if (length > left) {
      throw error(
          position,
          node.path() + ": property " + name,
          "a value of at most %d bytes".formatted(left),
          "%d bytes".formatted(length));
    }
    int end = position + (int) length;
    byte[] value = Arrays.copyOfRange(bytes, position, end);
    skipTo(end);
    return value;
  }

  private void requireAllowed(NameRule rule, String name, int at, Node node)
      throws DeviceTreeException {
    if (!rule.allows(name)) {
      throw error(at, "in " + node.path(), rule.expected(), DeviceTreeException.quote(name));
    }
  }

  private DeviceTreeException twice(int at, Node node, String kind, String name) {
    return error(at, node.path(), kind + " " + name + " once", "it again");
  }

  private String nodeName() throws DeviceTreeException {
    String name = terminated(position, header.structureEnd(), "name of a node");
    skipTo(position + name.length() + 1);
    return name;
  }

  private String propertyName(long offset) throws DeviceTreeException {
    int size = header.stringsEnd() - header.strings();
    if (offset >= size) {
      throw error(
          position - 4,
          "name of a property",
          "an offset into the strings block of %d bytes".formatted(size),
          "0x%x".formatted(offset));
    }
    return terminated(header.strings() + (int) offset, header.stringsEnd(), "name of a property");
  }

  /** Reads text up to a NUL, which must come before {@code end} and after no more than a name. */
  private String terminated(int start, int end, String what) throws DeviceTreeException {
    int bound = Math.min(end, start + NameRule.LONGEST + 1);
    for (int i = start; i < bound; i++) {
      if (bytes[i] == 0) {
        return new String(bytes, start, i - start, StandardCharsets.ISO_8859_1);
      }
    }
    throw error(start, what, "a NUL after at most %d bytes".formatted(NameRule.LONGEST), "no NUL");
  }

  /** Reads the next token that is not FDT_NOP. */
  private int token() throws DeviceTreeException {
    long token = u32();
    while (token == DtbToken.NOP) {
      token = u32();
    }
    return (int) token;
  }

  private long u32() throws DeviceTreeException {
    if (header.structureEnd() - position < Integer.BYTES) {
      throw error(position, "structure block", "4 more bytes", "its end");
    }
    long value = Integer.toUnsignedLong(blob.getInt(position));
    position += Integer.BYTES;
    return value;
  }

  /** Advances to the next multiple of 4; {@link #u32} checks whether that is past the block. */
  private void skipTo(int offset) {
    position = (offset + 3) & ~3;
  }

  /** Returns the location of the token just read. */
  private int lastToken() {
    return position - Integer.BYTES;
  }

  private DeviceTreeException wrongToken(String expected) {
    return error(
        lastToken(), "structure block", expected, "token 0x%x".formatted(blob.getInt(lastToken())));
  }

  private DeviceTreeException error(int at, String subject, String expected, String found) {
    return new DeviceTreeException(new Location.Offset(source, at), subject, expected, found);
  }
}
