package dev.nommu.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The contents of a Maven repository: the installed rooms, and the BOM that lists them. */
final class PublishedRoomsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>nommu-[\\w-]+</artifactId>\\s*<version>([^<]*)</version>");
  private static final List<String> SKIPPED = List.of("install", "deploy", "source", "javadoc");

  /** A room's pom. */
  private record Room(String name, Document pom) {
    static Room of(String name) {
      try {
        return new Room(
            name,
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(PROJECT.resolve(name).resolve("pom.xml").toFile()));
      } catch (Exception unreadable) {
        throw new IllegalStateException(name, unreadable);
      }
    }

    List<String> texts(String path) {
      try {
        NodeList found =
            (NodeList)
                XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
            .mapToObj(found::item)
            .map(node -> node.getTextContent().strip())
            .toList();
      } catch (Exception wrong) {
        throw new IllegalStateException(path, wrong);
      }
    }

    String artifact() {
      return texts("/project/artifactId").getFirst();
    }

    boolean isJar() {
      return texts("/project/packaging").isEmpty();
    }

    List<String> skipped() {
      return SKIPPED.stream()
          .filter(
              goal -> texts("/project/properties/maven.%s.skip".formatted(goal)).contains("true"))
          .toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Room> rooms() {
    return Room.of("").texts("/project/modules/module").stream().map(Room::of).filter(Room::isJar);
  }

  private static Stream<Room> published() {
    return rooms().filter(room -> room.skipped().isEmpty());
  }

  /** Javadoc of all rooms together fails if one of them is not a module. */
  @ParameterizedTest
  @MethodSource("rooms")
  void room_isPublishedWithSourcesAndJavadocOrNotAtAll(Room room) {
    assertThat(room.skipped()).isIn(List.of(), SKIPPED);
  }

  @ParameterizedTest
  @MethodSource("published")
  void publishedRoom_isANamedModule(Room room) throws Exception {
    Path descriptor = PROJECT.resolve(room.name()).resolve("src/main/java/module-info.java");
    assertThat(descriptor).exists();
    assertThat(Files.readString(descriptor))
        .contains("module dev." + room.artifact().replaceFirst("-", ".").replace("-", "") + " {");
  }

  @Test
  void bom_listsThePublishedRoomsAndNothingElse() {
    assertThat(Room.of("bom").texts("//dependency/groupId").stream().distinct())
        .containsExactly("dev.nommu");
    assertThat(Room.of("bom").texts("//dependency/artifactId"))
        .containsExactlyInAnyOrderElementsOf(published().map(Room::artifact).toList());
  }

  /** Maven Central requires these; all but name and description are inherited. */
  @Test
  void bom_hasWhatAPublicRepositoryAsksFor() {
    assertThat(
            Stream.of("url", "licenses/license/name", "developers/developer/name", "scm/url")
                .filter(path -> Room.of("bom").texts("/project/" + path).isEmpty()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("published")
  void publishedRoom_saysWhatItIs(Room room) {
    assertThat(room.texts("/project/name")).hasSize(1);
    assertThat(room.texts("/project/description")).hasSize(1);
  }

  @Test
  void everyPage_namesTheVersionOfTheBom() throws Exception {
    String version = Room.of("bom").texts("/project/version").getFirst();
    List<String> named = new ArrayList<>();
    for (Path page : pages()) {
      VERSION
          .matcher(Files.readString(page))
          .results()
          .forEach(result -> named.add(result.group(1)));
    }
    assertThat(named).hasSizeGreaterThan(1).containsOnly(version);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.walk(PROJECT.resolve("docs"))) {
      return Stream.concat(
              pages.filter(page -> page.toString().endsWith(".md")),
              Stream.of(PROJECT.resolve("README.md")))
          .toList();
    }
  }

  /** A project that imports the BOM must not inherit the versions that nommu is built with. */
  @Test
  void bom_hasNoParent() {
    assertThat(Room.of("bom").texts("/project/parent")).isEmpty();
  }
}
