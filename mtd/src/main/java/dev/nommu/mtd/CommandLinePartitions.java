package dev.nommu.mtd;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The partitions in the parameter {@code mtdparts}, as {@code cmdlinepart} reads them: {@code
 * nor:1M(boot)ro,-(rest);rom:64k@0x10000}. A device that is named there has these and not those of
 * the device tree.
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
   * Returns the partitions of a device; none if the parameter does not name it.
   *
   * @param mtdparts the values of the parameter, in order
   * @param device the name of the device
   * @throws ErrnoException EINVAL if the device's list is malformed
   */
  static List<Partition> of(List<String> mtdparts, String device) throws ErrnoException {
    Optional<String> list =
        mtdparts.stream()
            .flatMap(value -> Pattern.compile(";").splitAsStream(value))
            .filter(definition -> definition.startsWith(device + ":"))
            .map(definition -> definition.substring(device.length() + 1))
            .findFirst();
    return list.isEmpty() ? List.of() : new CommandLinePartitions(device).parse(list.get());
  }

  private List<Partition> parse(String list) throws ErrnoException {
    Matcher matcher = PARTITION.matcher(list);
    int position = 0;
    while (position <= list.length()) {
      if (!matcher.region(position, list.length()).lookingAt() || !endsItem(list, matcher.end())) {
        throw malformed("<size>[@<offset>][(<name>)][ro][lk]", list.substring(position));
      }
      add(matcher);
      position = matcher.end() + 1;
    }
    return partitions;
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
            maskedFlags(matcher.group("flags"))));
  }

  private OptionalLong size(String text) throws ErrnoException {
    return text.equals(REMAINING) ? OptionalLong.empty() : number(text);
  }

  private OptionalLong number(String text) throws ErrnoException {
    return OptionalLong.of(Suffixed.parse(text, "mtdparts of " + device));
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
        Errno.EINVAL,
        "mtdparts of %s: expected %s, found \"%s\"".formatted(device, expected, found));
  }
}
