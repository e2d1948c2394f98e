package dev.nommu.cli.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A romfs laid down node by node as rules ROMFS-10 to ROMFS-14 say, with names and chains that no
 * writer would make. The root is at 0x20; whatever is added first goes to 0x40.
 */
final class RomfsBuilder {
  static final int DIRECTORY = 1;
  static final int REGULAR = 2;
  static final int LINK = 3;
  static final int BLOCK = 4;
  static final int CHARACTER = 5;
  static final int FIFO = 7;

  private final ByteBuffer image = ByteBuffer.allocate(1 << 16);

  RomfsBuilder() {
    image.putLong(0, 0x2d726f6d3166732dL);
    image.put(16, (byte) 'v');
    node(0x20, 0, DIRECTORY, 0x40, "", "");
  }

  /**
   * Puts a node.
   *
   * @param next where the next one of the directory is, 0 for none
   * @param spec what the kind makes of it
   * @param data what follows the name
   */
  RomfsBuilder node(int at, int next, int kind, int spec, String name, String data) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] content = data.getBytes(StandardCharsets.ISO_8859_1);
    int end = at + 16 + (bytes.length + 16) / 16 * 16;
    image.putInt(at, next | kind).putInt(at + 4, spec).putInt(at + 8, content.length);
    image.put(at + 16, bytes).put(end, content);
    image.putInt(at + 12, -sum(at, end));
    return this;
  }

  /** Writes the image. */
  Path writeTo(Path file) throws IOException {
    int size = image.capacity();
    image.putInt(8, size).putInt(12, 0).putInt(12, -sum(0, 512));
    return Files.write(file, Arrays.copyOf(image.array(), size));
  }

  private int sum(int from, int to) {
    int sum = 0;
    for (int at = from; at < to; at += 4) {
      sum += image.getInt(at);
    }
    return sum;
  }
}
