package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Overlays: Linux' Documentation/devicetree/overlay-notes, and what fdtoverlay does. */
class OverlayTest {
  @TempDir Path directory;

  private static DeviceTree base(String content) throws DeviceTreeException {
    return DeviceTree.parseDts("/dts-v1/; / { " + content + " };", "base.dts", Includes.none());
  }

  private static DeviceTree overlay(String content) throws DeviceTreeException {
    return DeviceTree.parseDts("/dts-v1/; /plugin/;\n" + content, "o.dts", Includes.none());
  }

  private static DeviceTree blob(String content) throws DeviceTreeException {
    byte[] written = DtbWriter.write(Trees.rootWith(content));
    return DeviceTree.parseDtb(written, "o.dtbo");
  }

  @Test
  void overlay_addsAndReplacesAndLeavesTheBaseAlone() throws DeviceTreeException {
    DeviceTree base = base("uart: serial@1 { status = \"disabled\"; clock = <1>; };");

    DeviceTree tree =
        base.withOverlay(overlay("&uart { status = \"okay\"; modem { }; }; &{/} { led { }; };"));

    Node serial = Trees.node(tree, "/serial@1");
    assertThat(serial.isAvailable()).isTrue();
    assertThat(serial.requireProperty("clock").asU32()).isEqualTo(1);
    assertThat(tree.nodes().map(Node::path))
        .containsExactly("/", "/serial@1", "/serial@1/modem", "/__symbols__", "/led");
    assertThat(Trees.node(base, "/serial@1").isAvailable()).isFalse();
    assertThat(base.nodes()).hasSize(2);
  }

  @Test
  void whatAnOverlayAdded_standsWhereTheOverlayIs() throws DeviceTreeException {
    DeviceTree tree = base("b: b { p = <1>; };").withOverlay(overlay("&b { p = <2>;\n  n { }; };"));

    assertThat(Trees.node(tree, "/b").location()).hasToString("base.dts:1:18");
    assertThat(Trees.node(tree, "/b").requireProperty("p").location()).hasToString("o.dts:2:6");
    assertThat(Trees.node(tree, "/b/n").location()).hasToString("o.dts:3:3");
  }

  @Test
  void nodeThatHasAPhandle_keepsItAndIsMeantByIt() throws DeviceTreeException {
    DeviceTree base = base("ref = <&a>; a: a { phandle = <7>; };");

    DeviceTree tree =
        base.withOverlay(overlay("&{/} { own: a { x; }; user { uses = <&own>; }; };"));

    assertThat(Trees.node(tree, "/a").requireProperty("phandle").asU32()).isEqualTo(7);
    assertThat(Trees.node(tree, "/user").requireProperty("uses").asU32()).isEqualTo(7);
    assertThat(tree.root().requireProperty("ref").asU32()).isEqualTo(7);
  }

  @Test
  void overlay_isKnownByItsFragments() throws IOException {
    assertThat(overlay("&x { };").isOverlay()).isTrue();
    assertThat(base("").isOverlay()).isFalse();
    byte[] blob = DtbWriter.write(overlay("&x { };"));
    Path file = Files.write(directory.resolve("x.dtbo"), blob);
    assertThat(DeviceTree.read(file).isOverlay()).isTrue();
    assertThat(DeviceTree.read(file)).isEqualTo(overlay("&x { };"));
  }

  @Test
  void warningsAreOfTheWholeTree_notOfAnOverlay() throws DeviceTreeException {
    DeviceTree overlay = overlay("&{/} { f@1 { }; };");

    assertThat(overlay.warnings()).isEmpty();
    assertThat(base("").withOverlay(overlay).warnings())
        .extracting(Warning::toString)
        .containsExactly(
            "o.dts:2:8: warning: /f@1: expected reg or ranges, as its name has @1, found neither");
  }

  @Test
  void baseFromABlobWithoutSymbols_saysHowToMakeThem() throws DeviceTreeException {
    DeviceTree base = DeviceTree.parseDtb(DtbWriter.write(base("uart: u { };")), "base.dtb");

    assertThatThrownBy(() -> base.withOverlay(overlay("\n &uart { };")))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            "o.dts:3:2: overlay: &uart: expected a label of base.dtb, found no labels in it (a blob"
                + " has them if made by dtc -@)");
  }

  @Test
  void labelThatTheBaseDoesNotHave_isNamedWithThoseItHas() throws DeviceTreeException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 15; i++) {
      many.append("l%d: n%d { }; ".formatted(i, i));
    }

    assertThatThrownBy(() -> base("a: a { }; b: b { };").withOverlay(overlay("&uart { };")))
        .hasMessage("o.dts:2:1: overlay: &uart: expected a label of base.dts, found a, b");
    assertThatThrownBy(() -> base(many.toString()).withOverlay(overlay("&{/} { p = <1 &x>; };")))
        .hasMessage(
            "o.dts:2:8: overlay: &x: expected a label of base.dts, found l0, l1, l2, l3, l4, l5,"
                + " l6, l7, l8, l9, l10, l11 and 3 more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "&{/none} { };|o.dts:2:1: overlay: /fragment@0: expected target or target-path of a node of"
            + " base.dts, found '/none', which names none",
        "/ { f { target = <9>; __overlay__ { }; }; };|o.dts:2:9: overlay: /f: expected target or"
            + " target-path of a node of base.dts, found '[0x9]', which names none",
        "/ { f { __overlay__ { }; }; };|o.dts:2:5: overlay: /f: expected target or target-path of a"
            + " node of base.dts, found neither",
      })
  void fragmentWithoutANodeToAddTo_isNamed(String content, String message) {
    assertThatThrownBy(() -> base("").withOverlay(overlay(content)))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(message);
  }

  @Test
  void wholeTree_isNoOverlay() {
    assertThatThrownBy(() -> base("").withOverlay(base("a { };")))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            "base.dts:1:1: overlay: expected /plugin/, or fragments that have __overlay__, found a"
                + " whole device tree");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__fixups__ { a = \"/f:p\"; };|path:property:offset of cells, found '/f:p'",
        "__fixups__ { a = \"/f:p:x\"; };|path:property:offset of cells, found '/f:p:x'",
        "__fixups__ { a = \"/f:p:-1\"; };|path:property:offset of cells, found '/f:p:-1'",
        "__fixups__ { a = \"/f:p:9999999999\"; };|of cells, found '/f:p:9999999999'",
        "__fixups__ { a = <0x41>; };|property a: expected strings",
        "__fixups__ { a = \"/g:p:0\"; };|the path of a node and a property of it, found '/g:p:0'",
        "__fixups__ { a = \"/f:q:0\"; };|the path of a node and a property of it, found '/f:q:0'",
        "__fixups__ { a = \"/f:p:2\"; };|offsets of cells in the 5 bytes of p, found 2",
        "__local_fixups__ { f { p = <2>; }; };|offsets of cells in the 5 bytes of p, found 2",
        "__local_fixups__ { f { p = <0xffffffff>; }; };|the 5 bytes of p, found 4294967295",
        "__local_fixups__ { f { p = [00]; }; };|property p: expected 32-bit cells",
        "__local_fixups__ { f { q = <0>; }; };|/f: expected property q, found none",
        "__local_fixups__ { g { }; };|/__local_fixups__/g: expected the name of a node in /, found"
            + " g",
        "__local_fixups__ { f { p = <1>; }; };|a phandle of at most 0xfffffffd, found 0xffffffff",
      })
  void malformedBlob_isAnErrorAndNothingElse(String content, String message) throws Exception {
    DeviceTree overlay =
        blob("f { p = [00 ff ff ff ff]; target-path = \"/\"; __overlay__ { }; }; " + content);

    assertThatThrownBy(() -> base("a: a { };").withOverlay(overlay))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageStartingWith("o.dtbo: byte 0x")
        .hasMessageContaining(message);
  }

  @Test
  void levelsOfBaseAndOverlay_areBoundedTogether() throws DeviceTreeException {
    DeviceTree base = base("n { ".repeat(61) + "l: n { };" + "}; ".repeat(61));

    assertThat(base.withOverlay(overlay("&l { n { }; };")).nodes().skip(63)).hasSize(2);
    assertThatThrownBy(() -> base.withOverlay(overlay("&l { n { n { }; }; };")))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage("o.dts:2:10: nodes: expected at most 64 levels, found one more");
  }

  @Test
  void symbolsOfAnythingElse_areLeftOut() throws DeviceTreeException {
    DeviceTree overlay =
        blob(
            "f { target-path = \"/\"; __overlay__ { n { }; }; }; x { };"
                + "__symbols__ { a = \"/f/__overlay__/n\"; b = \"/x\"; c = \"no path\"; d = <1>;"
                + " e = \"/f/n\"; g = \"/x/__overlay__/n\"; h = \"/f/__overlay__\"; };");

    Node symbols = Trees.node(base("").withOverlay(overlay), "/__symbols__");

    assertThat(symbols.properties()).extracting(Property::name).containsExactly("a", "h");
    assertThat(symbols.requireProperty("a").asString()).isEqualTo("/n");
    assertThat(symbols.requireProperty("h").asString()).isEqualTo("/");
  }
}
