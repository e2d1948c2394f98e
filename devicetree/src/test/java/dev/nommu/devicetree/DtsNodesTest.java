package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Nodes, overrides, deletion and reservations in source: Devicetree Specification v0.4, 6.2-6.3.
 */
class DtsNodesTest {
  private static List<String> names(Node node) {
    return node.properties().stream().map(Property::name).toList();
  }

  private static List<String> children(Node node) {
    return node.children().stream().map(Node::name).toList();
  }

  @Test
  void laterDefinitions_addAndReplaceInPlace() throws DeviceTreeException {
    Node root =
        Trees.source(
                """
                /dts-v1/;
                / { a = <1>; b = <2>; n { x; }; };
                / { c; a = <3>; n { y; }; m { }; };
                """)
            .root();

    assertThat(names(root)).containsExactly("a", "b", "c");
    assertThat(root.requireProperty("a").asU32()).isEqualTo(3);
    assertThat(children(root)).containsExactly("n", "m");
    assertThat(names(root.child("n").orElseThrow())).containsExactly("x", "y");
  }

  @Test
  void reference_overridesByLabelAndByPath() throws DeviceTreeException {
    DeviceTree tree =
        Trees.source(
            """
            /dts-v1/;
            / { soc { uart: serial@1 { status = "disabled"; }; }; };
            &uart { status = "okay"; };
            again: &{/soc/serial@1} { clock = <1>; };
            &again { more; };
            """);

    Node serial = Trees.node(tree, "/soc/serial@1");
    assertThat(serial.isAvailable()).isTrue();
    assertThat(names(serial)).containsExactly("status", "clock", "more");
  }

  @Test
  void deleted_isGoneAndComesBackInItsOldPlace() throws DeviceTreeException {
    Node root =
        Trees.source(
                """
                /dts-v1/;
                / { a = <1>; b; n1 { x; }; n2 { }; };
                / { /delete-property/ a; /delete-property/ none; /delete-node/ n1; /delete-node/ no; };
                / { a = <3>; n1 { y; }; };
                """)
            .root();

    assertThat(names(root)).containsExactly("a", "b");
    assertThat(root.requireProperty("a").asU32()).isEqualTo(3);
    assertThat(children(root)).containsExactly("n1", "n2");
    assertThat(names(root.child("n1").orElseThrow())).containsExactly("y");
  }

  @Test
  void deletedByReference_freesItsLabels() throws DeviceTreeException {
    DeviceTree tree =
        Trees.source(
            """
            /dts-v1/;
            / { l: a { k: b { }; }; c { d { }; }; };
            /delete-node/ &l;
            /delete-node/ &{/c/d};
            / { l: e { }; k: f { }; };
            &l { here; };
            """);

    assertThat(tree.nodes().map(Node::path)).containsExactly("/", "/c", "/e", "/f");
    assertThat(Trees.node(tree, "/e").property("here")).isPresent();
  }

  @Test
  void omitIfNoRef_keepsOnlyWhatIsReferredTo() throws DeviceTreeException {
    DeviceTree tree =
        Trees.source(
            """
            /dts-v1/;
            / { p = <&used>; q = &path;
                /omit-if-no-ref/ used: u { };
                /omit-if-no-ref/ path: v { };
                /omit-if-no-ref/ other: w { x { }; };
                last: z { }; };
            /omit-if-no-ref/ &last;
            """);

    assertThat(children(tree.root())).containsExactly("u", "v");
  }

  @Test
  void namesWithAnyOfTheirCharacters_areRead() throws DeviceTreeException {
    Node root =
        Trees.rootWith(
                "#address-cells = <1>; \\delete-me; linux,a.b_c+d*e?f-1; 0; #define = <1>;"
                    + "n,a.b_c+d-1@0,1 { }; 10 { };")
            .root();

    assertThat(names(root))
        .containsExactly("#address-cells", "delete-me", "linux,a.b_c+d*e?f-1", "0", "#define");
    assertThat(children(root)).containsExactly("n,a.b_c+d-1@0,1", "10");
  }

  @Test
  void propertyNamedAsADirectiveAtLineStart_isAProperty() throws DeviceTreeException {
    Node root =
        Trees.rootWith("\n#define = <1>;\n #if;\n#include-cells = <2>;\n#line; #else\n;").root();

    assertThat(names(root)).containsExactly("#define", "#if", "#include-cells", "#line", "#else");
  }

  @Test
  void reservations_areInOrderWithExpressions() throws DeviceTreeException {
    DeviceTree tree =
        Trees.source(
            "/dts-v1/; a: /memreserve/ 0x1000 (1 + 2); b: c: /memreserve/ 0x80000000 1; / { };");

    assertThat(tree.memoryReservations())
        .containsExactly(new AddressRange(0x1000, 3), new AddressRange(0x80000000L, 1));
  }

  @Test
  void bootCpu_isTheFirstCpusReg() throws DeviceTreeException {
    assertThat(Trees.rootWith("cpus { cpu@3 { reg = <3>; }; cpu@1 { reg = <1>; }; };").bootCpuId())
        .isEqualTo(3);
    assertThat(Trees.rootWith("cpus { a { }; cpu@1 { reg = <1>; }; };").bootCpuId()).isZero();
  }

  @Test
  void sixtyFourLevels_areTheMost() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("n { ".repeat(63) + "}; ".repeat(63));

    assertThat(tree.nodes()).hasSize(64);
  }

  @Test
  void versionTwice_isAllowedAsInIncludedFiles() throws DeviceTreeException {
    assertThat(Trees.source("/dts-v1/; /dts-v1/; / { };").root().properties()).isEmpty();
  }
}
