package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code shown in a document is part of a source that is compiled and run. */
final class CodeBlocksTest {
  private static final Path NOMMU = Path.of("..");

  private static final Pattern BLOCK =
      Pattern.compile("^```(?:java|dts|c)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern SOURCE = Pattern.compile(".*\\.(java|dts|dtso|c)");
  private static final String LEFT_OUT = "\n...\n";

  /** Their blocks are the output of {@code plugin new}, and FirstGuidesTest checks them. */
  private static final Set<String> OF_PLUGIN_NEW =
      Set.of("FIRST-DRIVER.md", "FIRST-FILE-SYSTEM.md");

  private static final List<String> SOURCES = sources();

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(NOMMU.resolve("README.md")));
    try (Stream<Path> pages = Files.list(NOMMU.resolve("docs"))) {
      pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    documents.removeIf(page -> OF_PLUGIN_NEW.contains(page.getFileName().toString()));
    return documents;
  }

  private static List<String> sources() {
    try (Stream<Path> files = Files.walk(NOMMU)) {
      return files
          .filter(file -> SOURCE.matcher(file.getFileName().toString()).matches())
          .filter(file -> !file.toString().contains("/target/"))
          .map(CodeBlocksTest::withoutIndentation)
          .toList();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String withoutIndentation(Path file) {
    try {
      return withoutIndentation(Files.readString(file));
    } catch (IOException unreadable) {
      throw new AssertionError(file.toString(), unreadable);
    }
  }

  private static String withoutIndentation(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void block_standsInASource(Path document) throws IOException {
    List<String> blocks =
        BLOCK.matcher(Files.readString(document)).results().map(each -> each.group(1)).toList();
    assertThat(blocks)
        .allSatisfy(block -> {
          List<String> parts = List.of(withoutIndentation(block).split(Pattern.quote(LEFT_OUT)));
          assertThat(SOURCES).anySatisfy(source -> assertThat(parts).allMatch(source::contains));
        });
  }
}
