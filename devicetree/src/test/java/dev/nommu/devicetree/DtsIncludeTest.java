package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /include/}, and line markers of the C preprocessor. */
class DtsIncludeTest {
  @TempDir Path directory;

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Includes texts(Map<String, String> texts) {
    return (including, requested) -> new Includes.Source(requested, texts.get(requested));
  }

  @Test
  void include_isRelativeToTheFileItStandsIn() throws IOException {
    file("parts/soc.dtsi", "/dts-v1/; / { soc { /include/ \"deep/uart.dtsi\" }; };");
    file("parts/deep/uart.dtsi", "uart { };");
    Path board = file("board.dts", "/dts-v1/; /include/ \"parts/soc.dtsi\" / { model = \"m\"; };");

    DeviceTree tree = DeviceTree.read(board);

    assertThat(tree.nodes().map(Node::path)).containsExactly("/", "/soc", "/soc/uart");
  }

  @Test
  void include_mayBeReadAgainButNotByItself() throws IOException {
    String twice = "/dts-v1/; / { a = < /include/ \"n\" /include/ \"n\" >; };";
    DeviceTree tree = DeviceTree.parseDts(twice, "main", texts(Map.of("n", " 1 ")));
    assertThat(tree.root().requireProperty("a").asCells()).containsExactly(1L, 1L);

    file("a.dtsi", "\n /include/ \"b.dtsi\"");
    file("b.dtsi", "/include/ \"../" + directory.getFileName() + "/a.dtsi\"");
    Path board = file("board.dts", "/dts-v1/; /include/ \"a.dtsi\"");

    assertThatThrownBy(() -> DeviceTree.read(board))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageStartingWith(directory.resolve("b.dtsi") + ":1:1: /include/ ")
        .hasMessageEndingWith(
            "expected a file that is not being read already, found that it includes itself");
  }

  @Test
  void fifteenInclusionsInOneAnother_areTheMost() throws DeviceTreeException {
    Includes counted =
        (including, requested) -> {
          int next = Integer.parseInt(requested) - 1;
          String text = next == 0 ? "/ { };" : "/include/ \"" + next + "\"";
          return new Includes.Source(requested, text);
        };

    DeviceTree tree = DeviceTree.parseDts("/dts-v1/; /include/ \"15\"", "m", counted);

    assertThat(tree.nodes()).hasSize(1);
    assertThatThrownBy(() -> DeviceTree.parseDts("/dts-v1/; /include/ \"16\"", "m", counted))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            "2:1:1: /include/ '1': expected at most 16 levels of inclusion, found one more");
  }

  @Test
  void include_isBoundedInTotal() {
    String blanks = " ".repeat(1 << 20);
    Includes large = (including, requested) -> new Includes.Source(requested, blanks);
    String text = "/dts-v1/; / { };" + "/include/ \"x\"".repeat(20);

    assertThatThrownBy(() -> DeviceTree.parseDts(text, "m", large))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            "m:1:56: text 'x': expected at most 4194304 characters with all it includes,"
                + " found more");
  }

  @Test
  void includeOfNoFile_isAnErrorWhereItStands() throws IOException {
    Path board = file("board.dts", "/dts-v1/;\n  /include/ \"none.dtsi\"\n/ { };");

    assertThatThrownBy(() -> DeviceTree.read(board))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageStartingWith(
            board + ":2:3: /include/ 'none.dtsi': expected a readable file, found ")
        .hasMessageContaining("NoSuchFileException");
  }

  @Test
  void includeOfNoPath_isAnErrorToo() throws IOException {
    Path board = file("board.dts", "/dts-v1/; /include/ \"a\0b\"");

    assertThatThrownBy(() -> DeviceTree.read(board))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("/include/ 'a\\x00b': expected a readable file")
        .hasMessageContaining("not a path");
  }

  @Test
  void includeWithoutAName_isAnError() {
    assertThatThrownBy(() -> Trees.source("/dts-v1/; /include/ parts.dtsi"))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            "test.dts:1:11: /include/: expected a file name in quotes after it, found none");
  }

  @Test
  void textWithoutFiles_canIncludeNothing() {
    assertThatThrownBy(() -> Trees.source("/dts-v1/; /include/ \"a\""))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("nothing can be included here");
  }

  @Test
  void faultInIncludedText_isNamedThere() {
    Includes parts = texts(Map.of("part", "\n  ="));

    assertThatThrownBy(() -> DeviceTree.parseDts("/dts-v1/; / { /include/ \"part\"", "m", parts))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage("part:2:3: node /: expected a name, found '='");
  }

  @Test
  void lineMarkers_moveTheNamedPlace() {
    String preprocessed =
        "# 1 \"<built-in>\"\n/dts-v1/;\n#line 40 \"board.dts\" 1 3\n/ { a =\n?; };";

    assertThatThrownBy(() -> Trees.source(preprocessed))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageStartingWith("board.dts:41:1: property value: expected ");
  }

  @Test
  void lineMarker_hasTheEscapesOfC() {
    assertThatThrownBy(() -> Trees.source("/dts-v1/;\n# 7 \"a\\\"b\\\\c.dts\" 2\n?"))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageStartingWith("a\"b\\c.dts:7:1: definition: expected ");
  }

  @Test
  void lineMarker_changesNoDirectory() throws IOException {
    file("sub/f.bin", "xyz");
    Path board =
        file("sub/b.dts", "/dts-v1/;\n# 1 \"/else/b.dts\"\n/ { a = /incbin/(\"f.bin\"); };");

    assertThat(DeviceTree.read(board).root().requireProperty("a").bytes())
        .isEqualTo(new byte[] {'x', 'y', 'z'});
  }

  @Test
  void fileOfNeitherForm_isAnErrorWithItsFirstBadByte() throws IOException {
    Path file = Files.write(directory.resolve("x"), new byte[] {'/', 'd', (byte) 0xff, 0});

    assertThatThrownBy(() -> DeviceTree.read(file))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            file
                + ": byte 0x2: file: expected device tree source in UTF-8, or a blob that starts"
                + " with 0xd00dfeed, found byte 0xff");
  }

  @Test
  void fileThatEndsInsideACharacter_isAnError() throws IOException {
    Path file = Files.write(directory.resolve("x"), new byte[] {'/', (byte) 0xc3});

    assertThatThrownBy(() -> DeviceTree.read(file))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("byte 0x1: file:")
        .hasMessageEndingWith("found byte 0xc3");
  }

  @Test
  void fileWithoutAnEnd_isNotReadForEver() throws IOException {
    Path zeroes = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeroes), "no /dev/zero here");

    assertThatThrownBy(() -> DeviceTree.read(zeroes))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageEndingWith("file: expected at most 4194304 bytes, found more");
  }
}
