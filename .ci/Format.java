import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks that every Java source below a folder is as google-java-format writes it, or writes it so.
 *
 * <p>Run by the Maven profiles {@code format} and {@code format-apply}, with google-java-format on
 * the class path. Arguments: {@code check} or {@code apply}, and the folder.
 */
final class Format {
  private static final Formatter FORMATTER = new Formatter(JavaFormatterOptions.defaultOptions());

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean apply = args[0].equals("apply");
    List<Path> different = new ArrayList<>();
    for (Path source : sources(Path.of(args[1]))) {
      String text = Files.readString(source);
      String formatted = formatted(source, text);
      if (formatted.equals(text)) {
        continue;
      }
      different.add(source);
      if (apply) {
        Files.writeString(source, formatted);
      }
    }
    different.forEach(
        source -> System.err.println((apply ? "formatted " : "not formatted: ") + source));
    if (!apply && !different.isEmpty()) {
      System.err.println("to format them: mvn -q -N process-sources -Pformat-apply");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !folder.relativize(file).toString().matches("(.*/)?target/.*"))
          .sorted()
          .toList();
    }
  }

  private static String formatted(Path source, String text) throws IOException {
    try {
      String used = RemoveUnusedImports.removeUnusedImports(text);
      String ordered = ImportOrderer.reorderImports(used, JavaFormatterOptions.Style.GOOGLE);
      return StringWrapper.wrap(FORMATTER.formatSource(ordered), FORMATTER);
    } catch (FormatterException e) {
      throw new IOException(source + " cannot be formatted: " + e.getMessage(), e);
    }
  }
}
