package dev.nommu.cli.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of plugins as sent from one member to another. */
final class Shipment {
  private Shipment() {}

  /** Returns all files of some places, by the number of the place and the path within it. */
  static Map<String, byte[]> pack(List<String> places) throws IOException {
    Map<String, byte[]> packed = new HashMap<>();
    for (int number = 0; number < places.size(); number++) {
      Path place = Path.of(places.get(number));
      for (Path file : files(place)) {
        packed.put(number + "/" + name(place, file), Files.readAllBytes(file));
      }
    }
    return packed;
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** A jar is a single entry; the contents of a folder are below {@code in/}. */
  private static String name(Path place, Path file) {
    return file.equals(place)
        ? String.valueOf(place.getFileName())
        : "in/" + place.relativize(file).toString().replace('\\', '/');
  }

  /**
   * Writes the files.
   *
   * @return the places, in the order in which they were packed
   * @throws IOException if one cannot be written, or would be outside the folder
   */
  static List<String> unpack(Map<String, byte[]> packed, Path folder) throws IOException {
    SortedSet<Integer> numbers = new TreeSet<>();
    Map<Integer, Path> places = new HashMap<>();
    for (Map.Entry<String, byte[]> each : packed.entrySet()) {
      Path file = folder.resolve(each.getKey()).normalize();
      if (!file.startsWith(folder)) {
        throw new IOException(each.getKey() + ": expected a file of the plugin");
      }
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, each.getValue());
      Path inFolder = folder.relativize(file);
      int number = Integer.parseInt(inFolder.getName(0).toString());
      numbers.add(number);
      places.put(number, folder.resolve(inFolder.subpath(0, 2)));
    }
    List<String> inOrder = new ArrayList<>();
    for (int number : numbers) {
      inOrder.add(String.valueOf(places.get(number)));
    }
    return inOrder;
  }
}
