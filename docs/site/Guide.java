import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param source the Markdown, from the project's folder
 * @param title its first heading
 */
record Guide(Path source, String title) {
  /** Reads the title. */
  static Guide read(Path project, Path source) throws IOException {
    try (Stream<String> lines = Files.lines(project.resolve(source))) {
      String heading = lines.filter(line -> line.startsWith("# ")).findFirst().orElseThrow();
      return new Guide(source, heading.substring(2));
    }
  }

  /** Returns where it is in the site: a README is the page of its folder. */
  Path page() {
    String name = source.getFileName().toString();
    return source.resolveSibling(
        name.equals("README.md") ? "index.html" : name.replaceFirst("\\.md$", ".html"));
  }

  /** Returns the file that a link in it means, from the project's folder. */
  Path resolve(String link) {
    return source.resolveSibling(link).normalize();
  }
}
