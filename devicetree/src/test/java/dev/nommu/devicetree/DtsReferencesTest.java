package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** References and the phandles they make; numbers are those dtc 1.6.1 gives for the same source. */
class DtsReferencesTest {
  @Test
  void referenceOutsideCells_isThePath() throws DeviceTreeException {
    DeviceTree tree =
        Trees.rootWith("a = &l, &{/}, \"x\"; soc { l: uart@1 { self = &{/soc/uart@1}; }; };");

    assertThat(tree.root().requireProperty("a").asStrings())
        .containsExactly("/soc/uart@1", "/", "x");
    assertThat(Trees.node(tree, "/soc/uart").requireProperty("self").asString())
        .isEqualTo("/soc/uart@1");
    assertThat(Trees.node(tree, "/soc/uart").property("phandle")).isEmpty();
  }

  @Test
  void referenceInCells_isAPhandleThatIsFree() throws DeviceTreeException {
    DeviceTree tree =
        Trees.rootWith(
            """
            x = <&c 9 &b>;
            a { y = <&q &{/d}>; q: q { phandle = <1>; }; };
            b: b { phandle = <2>; };
            c: c { };
            d { p = <&c>; };
            """);

    assertThat(tree.root().requireProperty("x").asCells()).containsExactly(3L, 9L, 2L);
    assertThat(Trees.node(tree, "/a").requireProperty("y").asCells()).containsExactly(1L, 4L);
    assertThat(Trees.node(tree, "/c").requireProperty("phandle").asU32()).isEqualTo(3);
    assertThat(Trees.node(tree, "/d").properties())
        .extracting(Property::name)
        .containsExactly("p", "phandle");
    assertThat(tree.nodeByPhandle(4)).contains(Trees.node(tree, "/d"));
  }

  @Test
  void phandleThatRefersToItsOwnNode_asksForAFreeOne() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("a { phandle = <1>; }; c: c { phandle = <&c>; };");

    assertThat(Trees.node(tree, "/c").requireProperty("phandle").asU32()).isEqualTo(2);
    assertThat(Trees.node(tree, "/c").properties()).hasSize(1);
  }

  @Test
  void labelInAnAlias_leadsToTheNode() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("aliases { serial0 = &u; }; u: uart { };");

    assertThat(tree.node("serial0")).contains(Trees.node(tree, "/uart"));
  }
}
