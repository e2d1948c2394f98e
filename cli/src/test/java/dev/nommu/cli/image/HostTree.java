package dev.nommu.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** What there is in a directory of the host: path, and all that an image keeps of a file. */
final class HostTree {
  private HostTree() {}

  /** Returns a line for each file, with its mode and its bytes, target or device number. */
  static Map<String, String> of(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        all.put("/" + root.relativize(path), describe(path));
      }
    }
    return all;
  }

  private static String describe(Path path) throws IOException {
    Map<String, Object> unix =
        Files.readAttributes(path, "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) unix.get("mode");
    String what =
        switch (mode & 0170000) {
          case 0100000 -> sum(Files.readAllBytes(path));
          case 0120000 -> Files.readSymbolicLink(path).toString();
          case 0020000, 0060000 -> unix.get("rdev").toString();
          default -> "";
        };
    return "%o %s".formatted(mode, what);
  }

  static String sum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return bytes.length + " " + crc.getValue();
  }
}
