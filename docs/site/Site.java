import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the pages of the site: the guides in the order of docs/README.md, the boards, and each
 * source that one of them links to.
 *
 * <p>Run by the Maven profile {@code site}, with commonmark on the class path. Arguments: the
 * project's folder, and that of the site, where the pictures of the boards are already.
 */
final class Site {
  /** Texts that have no page around them: a browser shows them by itself. */
  private static final Set<String> SHOWN = Set.of("json", "svg");

  private final Path project;
  private final Path site;
  private final Contents contents;
  private final Set<Path> linkedSources = new HashSet<>();
  private final Deque<Path> unwrittenSources = new ArrayDeque<>();

  private Site(Path project, Path site) throws IOException {
    this.project = project;
    this.site = site;
    this.contents = Contents.read(project);
  }

  public static void main(String[] args) throws IOException {
    new Site(Path.of(args[0]), Path.of(args[1])).write();
  }

  private void write() throws IOException {
    for (Guide guide : contents.guides()) {
      Markdown text = Markdown.parse(Files.readString(project.resolve(guide.source())));
      for (Markdown.Reference reference : text.references()) {
        reference.replace(target(guide, reference.target()));
      }
      write(new Page(guide.page(), guide.title(), text.html(), text.sections()));
    }
    List<Board> boards = Board.all(project, site);
    for (Board board : boards) {
      link(board.source());
    }
    write(Board.page(boards));
    while (!unwrittenSources.isEmpty()) {
      write(sourcePage(unwrittenSources.remove()));
    }
    Files.copy(project.resolve("docs/site/site.css"), site.resolve("site.css"));
  }

  private void write(Page page) throws IOException {
    Path file = site.resolve(page.path());
    Files.createDirectories(file.getParent());
    Files.writeString(file, page.html(contents));
  }

  /** Returns where a link of a guide leads within the site. */
  private String target(Guide guide, String link) throws IOException {
    if (link.startsWith("#") || link.matches("[a-z]+:.*")) {
      return link;
    }
    String[] parts = link.split("(?=#)", 2);
    Path linked = guide.resolve(parts[0]);
    if (!Files.exists(project.resolve(linked))) {
      throw new IOException("%s: %s: No such file".formatted(guide.source(), link));
    }
    return Page.relative(guide.page(), pageOf(linked)) + (parts.length == 2 ? parts[1] : "");
  }

  private Path pageOf(Path linked) throws IOException {
    for (Guide guide : contents.guides()) {
      if (guide.source().equals(linked)) {
        return guide.page();
      }
    }
    boolean isShown = SHOWN.contains(linked.toString().replaceFirst(".*\\.", ""));
    if (isShown || !isText(project.resolve(linked))) {
      Files.createDirectories(site.resolve(linked).getParent());
      Files.write(site.resolve(linked), Files.readAllBytes(project.resolve(linked)));
      return linked;
    }
    return link(linked);
  }

  /** Returns whether a file is a text, which has a page; so has a folder. */
  private static boolean isText(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return true;
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
      return true;
    } catch (CharacterCodingException binary) {
      return false;
    }
  }

  /** Returns the page of a source, which will be written. */
  private Path link(Path source) {
    if (linkedSources.add(source)) {
      unwrittenSources.add(source);
    }
    return Page.ofSource(source);
  }

  private Page sourcePage(Path source) throws IOException {
    Path page = Page.ofSource(source);
    String content =
        Files.isDirectory(project.resolve(source))
            ? listing(source, page)
            : Page.preformatted(Files.readString(project.resolve(source)));
    return new Page(page, source.toString(), "<h1>%s</h1>%s".formatted(source, content), List.of());
  }

  private String listing(Path folder, Path page) throws IOException {
    StringBuilder list = new StringBuilder("<ul>");
    for (Path file : files(folder)) {
      list.append(
          "<li><a href=\"%s\">%s</a></li>"
              .formatted(Page.relative(page, pageOf(file)), folder.relativize(file)));
    }
    return list.append("</ul>").toString();
  }

  private List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(project.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(project::relativize)
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
