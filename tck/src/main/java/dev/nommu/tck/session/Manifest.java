package dev.nommu.tck.session;

import dev.nommu.api.HostFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The manifest of a capsule: a file with one {@code key: value} a line. Errors are one line with
 * the name of the file and the number of the line.
 */
final class Manifest {
  private static final String SEPARATOR = ": ";
  private static final char UNDECODABLE = '\uFFFD';

  private final Path file;
  private final List<Entry> entries;

  private Manifest(Path file, List<Entry> entries) {
    this.file = file;
    this.entries = entries;
  }

  private record Entry(int line, String key, String value) {}

  /**
   * Reads a file.
   *
   * @param keys the permitted keys
   * @throws IOException if it cannot be read, or a line is malformed
   */
  static Manifest read(Path file, List<String> keys) throws IOException {
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text(file).lines().toList()) {
      number++;
      String[] parts = line.split(SEPARATOR, 2);
      if (parts.length < 2 || !keys.contains(parts[0])) {
        throw malformed(
            file,
            number,
            "one of %s with a value, found '%s'".formatted(String.join(", ", keys), line));
      }
      entries.add(new Entry(number, parts[0], parts[1]));
    }
    return new Manifest(file, entries);
  }

  /**
   * Returns the text of a file.
   *
   * @throws IOException if it cannot be read, or is not text
   */
  static String text(Path file) throws IOException {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      int wrong = text.indexOf(UNDECODABLE);
      if (wrong >= 0) {
        int line = (int) text.substring(0, wrong).chars().filter(each -> each == '\n').count() + 1;
        throw malformed(file, line, "text in UTF-8, found other bytes");
      }
      return text;
    } catch (FileSystemException unreadable) {
      throw new IOException(file + ": " + HostFailure.reason(unreadable), unreadable);
    }
  }

  private static IOException malformed(Path file, int line, String expected) {
    return new IOException("%s:%d: expected %s".formatted(file, line, expected));
  }

  /**
   * Returns the value of a key.
   *
   * @param reading throws IllegalArgumentException with expected and found
   * @throws IOException if it does not occur exactly once, or cannot be parsed
   */
  <T> T one(String key, Function<String, T> reading) throws IOException {
    List<Entry> found = entries.stream().filter(entry -> entry.key().equals(key)).toList();
    if (found.isEmpty()) {
      throw malformed(file, entries.size() + 1, "'%s: ...', found no such line".formatted(key));
    }
    if (found.size() > 1) {
      throw malformed(file, found.get(1).line(), "'%s: ...' once, found it again".formatted(key));
    }
    return read(found.getFirst(), reading);
  }

  /**
   * Returns the values of a key, in order.
   *
   * @throws IOException if one cannot be parsed
   */
  <T> List<T> all(String key, Function<String, T> reading) throws IOException {
    List<T> all = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.key().equals(key)) {
        all.add(read(entry, reading));
      }
    }
    return all;
  }

  private <T> T read(Entry entry, Function<String, T> reading) throws IOException {
    try {
      return reading.apply(entry.value());
    } catch (IllegalArgumentException wrong) {
      throw new IOException("%s:%d: %s".formatted(file, entry.line(), wrong.getMessage()), wrong);
    }
  }
}
