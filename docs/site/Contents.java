import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The guides, in the order of docs/README.md.
 *
 * @param groups its headings, with the guides that are listed below each
 */
record Contents(List<Group> groups) {
  private static final Path INDEX = Path.of("docs/README.md");
  private static final Pattern HEADING = Pattern.compile("## (.*)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)]*\\.md)\\)");

  /** Guides for one purpose. */
  record Group(String title, List<Guide> guides) {}

  /** Reads the index; every page below docs must be listed in it. */
  static Contents read(Path project) throws IOException {
    Guide index = Guide.read(project, INDEX);
    List<Group> groups = new ArrayList<>();
    for (String line : Files.readAllLines(project.resolve(INDEX))) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        groups.add(new Group(heading.group(1), new ArrayList<>()));
      }
      Matcher link = LINK.matcher(line);
      while (!groups.isEmpty() && link.find()) {
        Path linked = index.resolve(link.group(1));
        groups.getLast().guides().add(Guide.read(project, linked));
      }
    }
    groups.getFirst().guides().addFirst(index);
    Contents contents = new Contents(groups);
    contents.requireAll(project);
    return contents;
  }

  /** Returns the guides of all groups. */
  List<Guide> guides() {
    return groups.stream().flatMap(group -> group.guides().stream()).toList();
  }

  private void requireAll(Path project) throws IOException {
    List<Path> listed = guides().stream().map(Guide::source).toList();
    try (Stream<Path> files = Files.walk(project.resolve("docs"))) {
      List<Path> missing =
          files
              .map(project::relativize)
              .filter(file -> file.toString().endsWith(".md") && !listed.contains(file))
              .toList();
      if (!missing.isEmpty()) {
        throw new IOException("%s does not list %s".formatted(INDEX, missing));
      }
    }
  }
}
