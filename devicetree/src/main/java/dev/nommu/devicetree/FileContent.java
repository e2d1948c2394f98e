package dev.nommu.devicetree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The content of a device tree's file, and its name in messages. */
final class FileContent {
  /**
   * The maximum size in bytes of a file, of a text with all it includes, and of a tree's property
   * values.
   */
  static final int LARGEST = 4 << 20;

  private final String name;
  private final byte[] bytes;

  FileContent(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  static FileContent read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      FileContent content = new FileContent(file.toString(), bytes);
      if (bytes.length > LARGEST) {
        throw content.error(LARGEST, "at most %d bytes".formatted(LARGEST), "more");
      }
      return content;
    }
  }

  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns whether it begins like a blob or has the name of one. */
  boolean isFlattened() {
    return name.endsWith(".dtb")
        || name.endsWith(".dtbo")
        || (bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == DtbHeader.MAGIC);
  }

  /** Decodes the bytes as UTF-8; other bytes mean that the file is something else. */
  String text() throws DeviceTreeException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw error(
          in.position(),
          "device tree source in UTF-8, or a blob that starts with 0xd00dfeed",
          "byte 0x%02x".formatted(bytes[in.position()]));
    }
    return out.flip().toString();
  }

  private DeviceTreeException error(int offset, String expected, String found) {
    return new DeviceTreeException(new Location.Offset(name, offset), "file", expected, found);
  }
}
