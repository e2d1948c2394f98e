import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page of the site.
 *
 * @param path where it is, from the site's folder
 * @param title its title
 * @param content its text, as HTML
 * @param sections the parts of the text that the navigation lists
 */
record Page(Path path, String title, String content, List<Markdown.Section> sections) {
  private static final String FRAME =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>%s</title>
      <link rel="stylesheet" href="%s">
      </head>
      <body>
      <a class="to-contents" href="#site-contents">Contents</a>
      <main>
      %s</main>
      <nav id="site-contents">
      %s</nav>
      %s</body>
      </html>
      """;

  /** Draws what is shown as text otherwise, in the colours that the reader prefers. */
  private static final String DIAGRAMS =
      """
      <script src="%s"></script>
      <script>
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      mermaid.initialize({ startOnLoad: false, theme: dark ? "dark" : "default" });
      mermaid.run({ querySelector: ".language-mermaid" });
      </script>
      """;

  /** Returns the page of a source file or folder. */
  static Path ofSource(Path source) {
    return Path.of("source").resolve(source + ".html");
  }

  /** Returns a link from one page to another. */
  static String relative(Path from, Path to) {
    return Path.of("/").resolve(from).getParent().relativize(Path.of("/").resolve(to)).toString();
  }

  /** Returns a text as HTML that keeps its lines. */
  static String preformatted(String text) {
    return "<pre><code>%s</code></pre>\n".formatted(escaped(text));
  }

  /** Returns the whole page, with navigation. */
  String html(Contents contents) {
    return FRAME.formatted(
        escaped(title),
        relative(path, Path.of("site.css")),
        content,
        navigation(contents),
        diagrams());
  }

  private String diagrams() {
    return content.contains("class=\"language-mermaid\"")
        ? DIAGRAMS.formatted(relative(path, Path.of("mermaid.min.js")))
        : "";
  }

  private String navigation(Contents contents) {
    String guides = contents.groups().stream().map(this::group).collect(Collectors.joining());
    String reference =
        "<h2>API and boards</h2>\n<ul>\n%s%s</ul>\n"
            .formatted(
                entry(Path.of("javadoc/index.html"), "Javadoc"), entry(Board.PAGE, Board.TITLE));
    return guides + reference;
  }

  private String group(Contents.Group group) {
    return group.guides().stream()
        .map(guide -> entry(guide.page(), guide.title()))
        .collect(Collectors.joining("", "<h2>%s</h2>\n<ul>\n".formatted(group.title()), "</ul>\n"));
  }

  private String entry(Path to, String name) {
    if (!to.equals(path)) {
      return "<li><a href=\"%s\">%s</a></li>\n".formatted(relative(path, to), escaped(name));
    }
    String within =
        sections.stream()
            .map(section ->
                "<li><a href=\"#%s\">%s</a></li>\n"
                    .formatted(section.id(), escaped(section.title())))
            .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
    return "<li><a aria-current=\"page\" href=\"#\">%s</a>\n%s</li>\n"
        .formatted(escaped(name), sections.isEmpty() ? "" : within);
  }

  /** Returns a text as HTML. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
