package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes, paths and aliases: Devicetree Specification v0.4, 2.2, 2.3.4 and 3.3. */
class NodeTest {
  private static final String TWO_PORTS =
      """
      aliases { serial0 = "/soc/uart@10"; bad = <1>; loop = "loop"; };
      soc { uart@10 { rx { }; }; uart@20 { }; timer@30 { }; gpio { }; gpio@40 { }; };
      """;

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/soc, /soc",
    "/soc/uart@20, /soc/uart@20",
    "/soc/timer, /soc/timer@30",
    "/soc/gpio, /soc/gpio",
    "serial0, /soc/uart@10",
    "serial0/rx, /soc/uart@10/rx",
  })
  void path_findsItsNode(String path, String found) throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith(TWO_PORTS);

    assertThat(tree.node(path).map(Node::path)).contains(found);
  }

  @ParameterizedTest
  @CsvSource({
    "/soc/uart",
    "/soc/uart@30",
    "/soc/",
    "//soc",
    "soc",
    "bad",
    "loop",
    "serial1",
    "''",
  })
  void path_thatNamesNoSingleNodeFindsNone(String path) throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith(TWO_PORTS);

    assertThat(tree.node(path)).isEmpty();
  }

  @Test
  void name_splitsAtTheUnitAddress() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("flash@20,0 { }; plain { };");

    Node flash = Trees.node(tree, "/flash@20,0");
    assertThat(flash.baseName()).isEqualTo("flash");
    assertThat(flash.unitAddress()).contains("20,0");
    assertThat(flash.parent()).contains(tree.root());
    assertThat(Trees.node(tree, "/plain").unitAddress()).isEmpty();
    assertThat(tree.root().parent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|true",
        "status = \"okay\";|true",
        "status = \"ok\";|true",
        "status = \"disabled\";|false",
        "status = \"okay2\";|false",
        "status;|false",
        "status = [6f 6b];|false",
      })
  void status_saysWhetherADeviceIsAvailable(String status, boolean available)
      throws DeviceTreeException {
    assertThat(Trees.rootWith(status).root().isAvailable()).isEqualTo(available);
  }

  @Test
  void compatible_isInOrderAndEmptyIfAbsent() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("compatible = \"b,c\", \"a\"; n { };");

    assertThat(tree.root().compatible()).containsExactly("b,c", "a");
    assertThat(Trees.node(tree, "/n").compatible()).isEmpty();
  }

  @Test
  void compatibleThatIsNoText_isAnError() throws DeviceTreeException {
    Node root = Trees.rootWith("compatible = <1>;").root();

    assertThatThrownBy(root::compatible)
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("/: property compatible: expected strings ending in NUL");
  }

  @Test
  void missingProperty_isNamedWithItsNode() throws DeviceTreeException {
    Node node = Trees.node(Trees.rootWith("n { };"), "/n");

    assertThatThrownBy(() -> node.requireProperty("label"))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage("test.dts:1:15: /n: expected property label, found none");
  }

  @Test
  void nodes_comeBeforeTheirChildrenInSourceOrder() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("b { d { }; }; a { c { }; };");

    assertThat(tree.nodes().map(Node::path)).containsExactly("/", "/b", "/b/d", "/a", "/a/c");
  }

  @Test
  void phandleOfSeveralNodes_isTheFirstOnes() throws DeviceTreeException {
    byte[] blob = DtbWriter.write(Trees.rootWith("a { phandle = <7>; }; b { phandle = <8>; };"));
    int second = lastIndexOf(blob, (byte) 8);
    blob[second] = 7;

    DeviceTree tree = DeviceTree.parseDtb(blob, "twice.dtb");

    assertThat(tree.nodeByPhandle(7).map(Node::path)).contains("/a");
  }

  private static int lastIndexOf(byte[] bytes, byte value) {
    int at = bytes.length - 1;
    while (bytes[at] != value) {
      at--;
    }
    return at;
  }

  @Test
  void trees_differInValueOrderReservationAndBootCpu() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("a; b; n { x; };");

    assertThat(tree).isEqualTo(Trees.rootWith("a; b; /* same */ n { x; };"));
    assertThat(tree).isNotEqualTo(Trees.rootWith("b; a; n { x; };"));
    assertThat(tree).isNotEqualTo(Trees.rootWith("a; b; n { x = <1>; };"));
    assertThat(tree).isNotEqualTo(Trees.rootWith("a; b; n { x; }; m { };"));
    assertThat(tree).isNotEqualTo(Trees.rootWith("a; b; m { x; };"));
    assertThat(tree)
        .isNotEqualTo(Trees.source("/dts-v1/; /memreserve/ 0 1; / { a; b; n { x; }; };"));
  }
}
