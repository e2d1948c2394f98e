package dev.nommu.scenario;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of {@code /proc/maps} and {@code /proc/PID/maps} as a transcript shows them: addresses
 * by name, sorted by the first appearance of the mapping, then by address; every inode but 0 as
 * {@code INO}, and devices without hardware as {@code 00:*}.
 */
final class MapsLines {
  private static final Pattern PATH = Pattern.compile("/proc/(?:[^/]+/)?maps");
  private static final Pattern LINE =
      Pattern.compile(
          "(?<start>\\p{XDigit}{1,16})-(?<end>\\p{XDigit}{1,16}) (?<protection>\\S+) "
              + "(?<offset>\\S+) (?<device>\\S+) (?<inode>\\S+)(?: +(?<path>.*))?");

  private final AddressNames names;

  /**
   * Creates a writer of such lines.
   *
   * @param names the names of addresses
   */
  MapsLines(AddressNames names) {
    this.names = names;
  }

  /** Returns whether a file has such lines. */
  static boolean isMaps(String path) {
    return PATH.matcher(path).matches();
  }

  /**
   * A line to be sorted.
   *
   * @param order the order of the place in which it starts
   */
  private record Entry(int order, long start, String text) {}

  /** Returns the lines with names; one in another format comes last, unchanged. */
  List<String> rewrite(List<String> lines) {
    return lines.stream()
        .map(this::entry)
        .sorted(Comparator.comparingInt(Entry::order).thenComparingLong(Entry::start))
        .map(Entry::text)
        .toList();
  }

  private Entry entry(String line) {
    Matcher fields = LINE.matcher(line.stripTrailing());
    if (!fields.matches()) {
      return new Entry(Integer.MAX_VALUE, 0, line);
    }
    long start = Long.parseUnsignedLong(fields.group("start"), 16);
    long end = Long.parseUnsignedLong(fields.group("end"), 16);
    Place place = names.placeOf(start);
    String path = fields.group("path");
    String text =
        "%s-%s %s %s %s %s"
            .formatted(
                place.label(start),
                place.label(end),
                fields.group("protection"),
                fields.group("offset"),
                fields.group("device").replaceFirst("^00:(?!00$).*", "00:*"),
                fields.group("inode").equals("0") ? "0" : "INO");
    return new Entry(place.order(), start, path == null ? text : text + " " + path);
  }
}
