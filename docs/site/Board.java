import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A board, with what the command {@code board} made of it.
 *
 * @param source its device tree, from the project's folder
 * @param purpose what its first comment says
 * @param screen whether there is a picture of its screen
 * @param listing what the machine is, as text
 */
record Board(Path source, String purpose, boolean screen, String listing) {
  static final Path PAGE = Path.of("boards/index.html");
  static final String TITLE = "Pictures of the boards";

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*(.*?)\\*/");

  /** Reads all boards, by name. */
  static List<Board> all(Path project, Path site) throws IOException {
    List<Path> trees;
    try (Stream<Path> files = Files.list(project.resolve("boards"))) {
      trees = files.filter(file -> file.toString().endsWith(".dts")).sorted().toList();
    }
    List<Board> boards = new ArrayList<>();
    for (Path tree : trees) {
      Path source = project.relativize(tree);
      Matcher comment = COMMENT.matcher(Files.readString(tree));
      boards.add(
          new Board(
              source,
              comment.find() ? comment.group(1).replaceAll("\\s*\\n \\*\\s*", " ").strip() : "",
              Files.exists(site.resolve(picture(source, "png"))),
              Files.readString(site.resolve(picture(source, "txt")))));
    }
    return boards;
  }

  /** Returns the page that shows boards. */
  static Page page(List<Board> boards) {
    String content = boards.stream().map(Board::html).collect(Collectors.joining());
    List<Markdown.Section> sections =
        boards.stream().map(board -> new Markdown.Section(board.name(), board.name())).toList();
    return new Page(PAGE, TITLE, "<h1>%s</h1>\n%s".formatted(TITLE, content), sections);
  }

  private String html() {
    return """
    <h2 id="%1$s"><a href="%2$s">%1$s</a></h2>
    <p>%3$s</p>
    <div class="wide"><img src="%1$s.svg" alt="Memory map of %1$s"></div>
    %4$s<details><summary>./nommu board --board %5$s</summary>
    %6$s</details>
    """
        .formatted(
            name(),
            Page.relative(PAGE, Page.ofSource(source)),
            Page.escaped(purpose),
            screen
                ? "<p><img src=\"%1$s.png\" alt=\"Screen of %1$s\"></p>\n".formatted(name())
                : "",
            source,
            Page.preformatted(listing));
  }

  private String name() {
    return source.getFileName().toString().replaceFirst("\\.dts$", "");
  }

  private static Path picture(Path source, String kind) {
    return Path.of(source.toString().replaceFirst("dts$", kind));
  }
}
