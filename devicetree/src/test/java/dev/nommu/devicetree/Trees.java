package dev.nommu.devicetree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Device trees for tests. */
final class Trees {
  private Trees() {}

  /** Returns the blob that the recorded kernel booted from, made by dtc. */
  static byte[] oracleDtb() throws IOException {
    return resource("/oracle.dtb");
  }

  /** Returns the source of the same. */
  static String oracleDts() throws IOException {
    return new String(resource("/oracle.dts"), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Trees.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** Parses complete source. */
  static DeviceTree source(String text) throws DeviceTreeException {
    return DeviceTree.parseDts(text, "test.dts", Includes.none());
  }

  /** Parses what is in the root node. */
  static DeviceTree rootWith(String content) throws DeviceTreeException {
    return source("/dts-v1/; / { " + content + " };");
  }

  /** Returns the value of the root's property {@code p}, given its source. */
  static byte[] value(String source) throws DeviceTreeException {
    return rootWith("p = " + source + ";").root().requireProperty("p").bytes();
  }

  /** Returns the node at a path that must be there. */
  static Node node(DeviceTree tree, String path) {
    return tree.node(path).orElseThrow(() -> new AssertionError("no node " + path));
  }
}
