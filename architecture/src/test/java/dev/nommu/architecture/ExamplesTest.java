package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example is a separate project; .ci/run builds it and runs its session. */
final class ExamplesTest {
  private static final Path NOMMU = Path.of("..");
  private static final Pattern PLUGIN =
      Pattern.compile("<artifactId>([\\w-]+-plugin)</artifactId>\\s*<version>([^<]+)<");
  private static final Pattern VERSION =
      Pattern.compile("<version>([^<]+)</version>\\s*<packaging>");

  private static List<Path> examples() throws IOException {
    try (Stream<Path> poms = Files.find(NOMMU.resolve("examples"), 2, ExamplesTest::isPom)) {
      List<Path> found = poms.map(Path::getParent).toList();
      assertThat(found).hasSizeGreaterThan(2);
      return found;
    }
  }

  private static boolean isPom(Path file, Object attributes) {
    return file.endsWith("pom.xml");
  }

  private static Map<String, String> plugins(String pom) {
    return PLUGIN
        .matcher(pom)
        .results()
        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (a, b) -> b));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void pom_hasTheBomAndNoParent(Path example) throws IOException {
    String version =
        VERSION
            .matcher(Files.readString(NOMMU.resolve("bom/pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(Files.readString(example.resolve("pom.xml")))
        .contains(
            "<artifactId>nommu-bom</artifactId>", "<nommu.version>" + version + "</nommu.version>")
        .doesNotContain("<parent>");
  }

  /** One local repository then has everything needed. */
  @ParameterizedTest
  @MethodSource("examples")
  void pom_hasTheVersionsThatNommuIsBuiltWith(Path example) throws IOException {
    Map<String, String> own = plugins(Files.readString(NOMMU.resolve("pom.xml")));
    Map<String, String> used = plugins(Files.readString(example.resolve("pom.xml")));
    assertThat(used).isNotEmpty();
    assertThat(own).containsAllEntriesOf(used);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readme_showsTheSessionAsItIs(Path example) throws IOException {
    assertThat(Files.readString(example.resolve("README.md")))
        .contains("```\n" + Files.readString(example.resolve("session.txt")) + "```");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void listOfExamples_hasIt(Path example) throws IOException {
    String name = example.getFileName().toString();
    assertThat(Files.readString(NOMMU.resolve("examples/README.md")))
        .contains("[%s](%s)".formatted(name, name));
  }
}
