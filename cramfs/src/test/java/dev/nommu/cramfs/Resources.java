package dev.nommu.cramfs;

import dev.nommu.fixtures.FakeStore;
import dev.nommu.image.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Images made by other tools, and their files: {@code oracle.img} is the flash contents of a real
 * no-MMU kernel (made by mkcramfs with uncompressed blocks), the others are by util-linux's
 * mkfs.cramfs.
 */
final class Resources {
  /** The files in {@code oracle.img}. */
  static final String[] ORACLE_FILES = {
    "big.bin",
    "comp.bin",
    "empty",
    "mixed.bin",
    "odd.bin",
    "page.bin",
    "prog",
    "small.txt",
    "split.bin"
  };

  private Resources() {}

  static byte[] bytes(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CramfsImage open(String name) throws Exception {
    return CramfsImage.open(ByteSource.of(FakeStore.disk(bytes(name))), blockSize(name));
  }

  static int blockSize(String name) {
    return name.contains("16k") ? 16384 : 4096;
  }

  /** The regular files that went into the images of mkfs.cramfs. */
  static Map<String, byte[]> sampleFiles() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("/a", text("hi\n"));
    files.put("/b", text("hi\n"));
    files.put("/count", count());
    files.put("/d/na\udcefve", text("latin-1\n"));
    files.put("/d/suid", text("#!\n"));
    files.put("/d/\u00e9t\u00e9", text("summer\n"));
    files.put("/empty", new byte[0]);
    files.put("/exact", Arrays.copyOf(count(), 8192));
    byte[] hole = new byte[20000];
    hole[8192] = 'x';
    files.put("/hole", hole);
    files.put("/noise", noise());
    return files;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] count() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 5000; i++) {
      out.writeBytes(text(i + "\n"));
    }
    return out.toByteArray();
  }

  private static byte[] noise() {
    byte[] bytes = new byte[10000];
    int state = 1;
    for (int i = 0; i < bytes.length; i++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      bytes[i] = (byte) (state >> 16);
    }
    return bytes;
  }
}
