import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.BootLoader;
import dev.nommu.kernel.board.Probed;
import dev.nommu.kernel.board.Probed.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Boots every .dtb below the folders that are its arguments, and prints what came of their nodes.
 *
 * <p>Run by .ci/trees, with nommu on the class path. A tree that does not boot as it is, because it
 * leaves the RAM to the boot loader or has more than there is here, is given 1 GiB. Of the nodes
 * without a driver the most frequent names are counted, without unit addresses: they are generic
 * (Devicetree Specification, 2.2.2).
 *
 * <p>Exits with 1 if a frame buffer, flash or SRAM failed for a reason that names no binding.
 */
final class Trees {
  private static final String MEMORY = "1G";
  private static final int MOST_NAMES = 50;
  private static final Set<String> JUDGED = Set.of("fb", "mtd", "sram");
  private static final Pattern BINDING =
      Pattern.compile("\\w\\.(yaml|txt)\\b|Devicetree Specification");

  private final Map<String, Integer> bound = new TreeMap<>();
  private final Map<String, Integer> withoutDriver = new TreeMap<>();
  private final Map<String, Count> failed = new TreeMap<>();
  private final Map<String, Count> refused = new TreeMap<>();
  private int booted;
  private int filledIn;
  private int disabled;
  private int notUsed;
  private int unexplained;

  /** How often something happened, and where first. */
  private record Count(int times, String first) {
    Count and(Count other) {
      return new Count(times + other.times, first);
    }
  }

  private Trees() {}

  public static void main(String[] args) throws IOException {
    int unexplained = 0;
    for (String folder : args) {
      Path top = Path.of(folder);
      System.out.printf("%n## %s%n%n", top.getFileName());
      Trees trees = new Trees();
      for (Path blob : blobs(top)) {
        trees.boot(blob, top.relativize(blob).getFileName().toString());
      }
      trees.lines().forEach(System.out::println);
      unexplained += trees.unexplained;
    }
    if (unexplained > 0) {
      System.err.printf("%d nodes failed for a reason that names no binding%n", unexplained);
      System.exit(1);
    }
  }

  private static List<Path> blobs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".dtb")).sorted().toList();
    }
  }

  private void boot(Path blob, String name) {
    try {
      boot(blob, name, BootLoader.NONE);
    } catch (BoardException withoutRam) {
      fillIn(blob, name);
    }
  }

  private void fillIn(Path blob, String name) {
    try {
      boot(blob, name, loader());
      filledIn++;
    } catch (BoardException wrong) {
      String message = String.valueOf(wrong.getMessage()).replace(blob.toString(), "FILE");
      refused.merge(message, new Count(1, name), Count::and);
    }
  }

  private void boot(Path blob, String name, BootLoader loader) throws BoardException {
    try (Machine machine = Machine.boot(Board.read(blob, loader), Profile.LINUX_6_12)) {
      booted++;
      machine.nodes().forEach(node -> count(node, name));
    }
  }

  private static BootLoader loader() throws BoardException {
    return new BootLoader(List.of(BootLoader.Memory.parse(MEMORY)), Optional.empty());
  }

  private void count(Probed node, String tree) {
    switch (node.outcome()) {
      case Outcome.Bound(String driver) ->
          bound.merge("%-4s %s".formatted(driver, kind(node)), 1, Integer::sum);
      case Outcome.NoDriver() -> withoutDriver.merge(name(node), 1, Integer::sum);
      case Outcome.Disabled() -> disabled++;
      case Outcome.NotUsed(String reason) -> notUsed++;
      case Outcome.Failed(String driver, var reason) -> {
        String what = "%-4s %s: %s".formatted(driver, kind(node), reason.describe());
        failed.merge(what, new Count(1, tree + " " + node.place()), Count::and);
        if (JUDGED.contains(driver) && !BINDING.matcher(what).find()) {
          unexplained++;
        }
      }
    }
  }

  private static String name(Probed node) {
    return node.place().replaceFirst(".*/", "").replaceFirst("@.*", "");
  }

  private static String kind(Probed node) {
    return node.compatible().isEmpty() ? node.place() : String.join(", ", node.compatible());
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    int refusals = sum(refused.values().stream().map(Count::times).toList());
    lines.add("%6d trees boot, %d of them with --memory %s".formatted(booted, filledIn, MEMORY));
    lines.add("%6d trees do not boot".formatted(refusals));
    lines.add("%6d nodes without a driver, by name below".formatted(sum(withoutDriver.values())));
    lines.add("%6d nodes disabled".formatted(disabled));
    lines.add("%6d nodes not used".formatted(notUsed));
    bound.forEach((kind, times) -> lines.add("%6d bound   %s".formatted(times, kind)));
    failed.forEach((kind, count) -> lines.add(counted("failed ", kind, count)));
    refused.forEach((kind, count) -> lines.add(counted("refused", kind, count)));
    addLeft(lines);
    return lines;
  }

  private void addLeft(List<String> lines) {
    List<Map.Entry<String, Integer>> names =
        withoutDriver.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    names.stream()
        .limit(MOST_NAMES)
        .forEach(name -> lines.add("%6d left    %s".formatted(name.getValue(), name.getKey())));
    List<Integer> others = names.stream().skip(MOST_NAMES).map(Map.Entry::getValue).toList();
    if (!others.isEmpty()) {
      lines.add("%6d left    with %d other names".formatted(sum(others), others.size()));
    }
  }

  private static int sum(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  private static String counted(String what, String kind, Count count) {
    return "%6d %s %s (%s)".formatted(count.times(), what, kind, count.first());
  }
}
