package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Memparse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The partitions in the parameter {@code mtdparts}, parsed as by {@code cmdlinepart}: {@code
 * nor:1M(boot)ro,-(rest);rom:64k@0x10000}. For a device named there they replace those of the
 * device tree.
 */
final class CommandLinePartitions {
  private static final String REMAINING = "-";
  private static final Pattern PARTITION =
      Pattern.compile(
          "(?<size>-|\\w+)(?:@(?<offset>\\w+))?(?:\\((?<name>[^)]*)\\))?(?<flags>(?:ro|lk)*)");

  private final String device;
  private final List<Partition> partitions = new ArrayList<>();

  private CommandLinePartitions(String device) {
    this.device = device;
  }

  /**
   * Returns the partitions of a device; an empty list if the parameter does not name it.
   *
   * @param mtdparts the value of the parameter
   * @param device the name of the device
   * @throws ErrnoException EINVAL if the list of the device or of an earlier one is malformed
   */
  static List<Partition> of(String mtdparts, String device) throws ErrnoException {
    for (String definition : mtdparts.split(";", -1)) {
      String named = device(definition);
      CommandLinePartitions partitions = new CommandLinePartitions(named);
      partitions.parse(definition.substring(named.length() + 1));
      if (named.equals(device)) {
        return partitions.partitions;
      }
    }
    return List.of();
  }

  /** Returns whether the parameter is malformed, or names one of these devices. */
  static boolean isFor(String mtdparts, Set<String> devices) {
    try {
      for (String definition : mtdparts.split(";", -1)) {
        if (devices.contains(device(definition))) {
          return true;
        }
      }
      return false;
    } catch (ErrnoException malformed) {
      return true;
    }
  }

  /** The name of the device may itself contain colons. */
  private static String device(String definition) throws ErrnoException {
    int parenthesis = definition.indexOf('(');
    String head = parenthesis < 0 ? definition : definition.substring(0, parenthesis);
    int colon = head.lastIndexOf(':');
    if (colon < 0) {
      throw new ErrnoException(
          Errno.EINVAL, "expected <mtd-id>:<partition>, found \"%s\"".formatted(definition));
    }
    return head.substring(0, colon);
  }

  /**
   * Fits partitions into a device: those that end past its end are truncated, those that are then
   * empty are skipped.
   *
   * @param log receives a line for each such partition
   */
  static List<Partition> fitted(List<Partition> partitions, Mtd device, Consumer<String> log) {
    List<Partition> fitted = new ArrayList<>();
    long end = 0;
    for (Partition partition : partitions) {
      long offset = partition.offset().orElse(end);
      long left = device.size() - offset;
      long size = partition.size().orElse(left);
      if (Long.compareUnsigned(offset, device.size()) <= 0 && size > left) {
        log.accept(
            "mtdparts of %s: partition \"%s\" exceeds its 0x%x bytes: truncated"
                .formatted(device.name(), partition.name(), device.size()));
        size = left;
      }
      end = offset + size;
      if (size == 0) {
        log.accept(
            "mtdparts of %s: partition \"%s\" is empty: skipped"
                .formatted(device.name(), partition.name()));
      } else {
        fitted.add(partition.at(offset, size));
      }
    }
    return fitted;
  }

  private void parse(String list) throws ErrnoException {
    Matcher matcher = PARTITION.matcher(list);
    int position = 0;
    while (position <= list.length()) {
      if (!matcher.region(position, list.length()).lookingAt() || !endsItem(list, matcher.end())) {
        throw malformed("<size>[@<offset>][(<name>)][ro][lk]", list.substring(position));
      }
      add(matcher);
      position = matcher.end() + 1;
    }
  }

  private static boolean endsItem(String list, int end) {
    return end == list.length() || list.charAt(end) == ',';
  }

  private void add(Matcher matcher) throws ErrnoException {
    if (!partitions.isEmpty() && partitions.getLast().size().isEmpty()) {
      throw malformed("nothing after a partition of size \"-\"", matcher.group());
    }
    Optional<String> offset = Optional.ofNullable(matcher.group("offset"));
    Optional<String> name = Optional.ofNullable(matcher.group("name"));
    partitions.add(
        new Partition(
            name.orElse("Partition_%03d".formatted(partitions.size())),
            offset.isEmpty() ? OptionalLong.empty() : number(offset.get()),
            size(matcher.group("size")),
            maskedFlags(matcher.group("flags")),
            Optional.empty()));
  }

  private OptionalLong size(String text) throws ErrnoException {
    if (text.equals(REMAINING)) {
      return OptionalLong.empty();
    }
    OptionalLong size = number(text);
    if (size.getAsLong() == 0) {
      throw malformed("a size of 1 or more", text);
    }
    return size;
  }

  private OptionalLong number(String text) throws ErrnoException {
    return OptionalLong.of(Memparse.parse(text, device));
  }

  private static Set<MtdFlag> maskedFlags(String flags) {
    Set<MtdFlag> masked = EnumSet.noneOf(MtdFlag.class);
    if (flags.contains("ro")) {
      masked.add(MtdFlag.WRITEABLE);
    }
    if (flags.contains("lk")) {
      masked.add(MtdFlag.POWERUP_LOCK);
    }
    return masked;
  }

  private ErrnoException malformed(String expected, String found) {
    return new ErrnoException(
        Errno.EINVAL, "%s: expected %s, found \"%s\"".formatted(device, expected, found));
  }
}
