package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code reg} and {@code ranges}: Devicetree Specification v0.4, 2.3.5 to 2.3.8. */
class TranslationTest {
  private static Translation translated(DeviceTree tree, String path) throws DeviceTreeException {
    Node node = Trees.node(tree, path);
    return node.translate(node.reg().getFirst());
  }

  private static Translation.Mapped at(long address, long size) {
    return new Translation.Mapped(new AddressRange(address, size));
  }

  /** The platform bus of the recorded machine with a device on it, as QEMU would add one. */
  private static DeviceTree platformBusWith(String device) throws IOException {
    return Trees.source(Trees.oracleDts() + "&{/platform-bus@4000000} { " + device + " };");
  }

  @Test
  void ranges_moveAnAddressOnThePlatformBus() throws IOException {
    DeviceTree tree = platformBusWith("dev@1000 { reg = <0x1000 0x200>; };");

    assertThat(Trees.node(tree, "/platform-bus@4000000/dev").reg())
        .containsExactly(new AddressRange(0x1000, 0x200));
    assertThat(translated(tree, "/platform-bus@4000000/dev")).isEqualTo(at(0x4001000, 0x200));
  }

  @Test
  void ranges_areAskedForTheStartAlone() throws IOException {
    DeviceTree tree =
        platformBusWith(
            "fits@1ffff00 { reg = <0x1ffff00 0x100>; };"
                + "over@1ffff01 { reg = <0x1ffff01 0x100>; };"
                + "past@2000000 { reg = <0x2000000 0>; };");

    assertThat(translated(tree, "/platform-bus@4000000/fits")).isEqualTo(at(0x5ffff00, 0x100));
    assertThat(translated(tree, "/platform-bus@4000000/over")).isEqualTo(at(0x5ffff01, 0x100));
    assertThat(translated(tree, "/platform-bus@4000000/past"))
        .isInstanceOf(Translation.Blocked.class);
  }

  @Test
  void emptyRanges_areTheIdentity() throws IOException {
    DeviceTree tree = Trees.source(Trees.oracleDts());

    assertThat(translated(tree, "/soc/serial@10000000")).isEqualTo(at(0x10000000, 0x100));
    assertThat(translated(tree, "/chosen/framebuffer@87800000"))
        .isEqualTo(at(0x87800000L, 0x40000));
  }

  @Test
  void childOfTheRoot_isAtItsCpuAddress() throws IOException {
    DeviceTree tree = Trees.source(Trees.oracleDts());

    assertThat(translated(tree, "/flash@20000000")).isEqualTo(at(0x20000000, 0x2000000));
  }

  @Test
  void missingRanges_blockAndNameTheBus() throws IOException {
    DeviceTree tree = Trees.source(Trees.oracleDts());

    Translation blocked = translated(tree, "/flash@20000000/partitions/p1@100000");

    assertThat(blocked)
        .isEqualTo(
            new Translation.Blocked(
                Trees.node(tree, "/flash@20000000/partitions"),
                new AddressRange(0x100000, 0x100000),
                "bus /flash@20000000/partitions has no ranges, so its addresses are not the"
                    + " CPU's (Devicetree Specification v0.4, 2.3.8)"));
  }

  @Test
  void busInABus_isTranslatedStepByStep() throws DeviceTreeException {
    DeviceTree tree =
        Trees.rootWith(
            """
            #address-cells = <2>; #size-cells = <2>;
            outer@1 {
              #address-cells = <1>; #size-cells = <1>;
              ranges = <0x0 0x1 0x0 0x1000>, <0x8000 0x2 0x0 0x1000>;
              inner@8000 {
                #address-cells = <2>; #size-cells = <1>;
                ranges = <0x5 0x0 0x8800 0x100>;
                dev@500000010 { reg = <0x5 0x10 0x20>; };
              };
            };
            """);

    assertThat(translated(tree, "/outer@1/inner@8000/dev")).isEqualTo(at(0x200000810L, 0x20));
  }

  @Test
  void withoutCellCounts_addressesTakeTwoCellsAndSizesOne() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("dev { reg = <1 2 3  4 5 6>; };");

    assertThat(Trees.node(tree, "/dev").reg())
        .containsExactly(new AddressRange(0x100000002L, 3), new AddressRange(0x400000005L, 6));
  }

  @Test
  void addresses_areUnsigned() throws DeviceTreeException {
    DeviceTree tree =
        Trees.rootWith(
            """
            #size-cells = <2>;
            bus { #address-cells = <2>; #size-cells = <2>;
              ranges = <0x0 0x0 0xffffffff 0x0 0x1 0x0>;
              dev { reg = <0 0xfffff000 0 0x1000>; }; };
            """);

    assertThat(translated(tree, "/bus/dev")).isEqualTo(at(0xfffffffffffff000L, 0x1000));
  }

  @Test
  void rangeThatWrapsOnceTranslated_isAnErrorAndNoAddress() throws DeviceTreeException {
    Node node =
        Trees.node(
            Trees.rootWith(
                "b { #address-cells = <1>; ranges = <0 0xffffffff 0xfffff000 0x1000>;"
                    + " d { reg = <0 0x1001>; }; };"),
            "/b/d");

    assertThatThrownBy(() -> node.translate(node.reg().getFirst()))
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageEndingWith(
            "/b: property ranges: expected ranges inside the 64-bit address space, found"
                + " 0xfffffffffffff000+0x1001");
  }

  @Test
  void rangeThatWraps_isAnErrorAndNoAddress() throws DeviceTreeException {
    Node node = Trees.node(Trees.rootWith("dev { reg = <0xffffffff 0xffffffff 2>; };"), "/dev");

    assertThatThrownBy(node::reg)
        .isInstanceOf(DeviceTreeException.class)
        .hasMessage(
            "test.dts:1:21: /dev: property reg: expected ranges inside the 64-bit address space,"
                + " found 0xffffffffffffffff+0x2");
  }

  @Test
  void regOfAnotherLength_isAnError() throws DeviceTreeException {
    Node node = Trees.node(Trees.rootWith("dev { reg = <1 2>; };"), "/dev");

    assertThatThrownBy(node::reg)
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageEndingWith(
            "/dev: property reg: expected entries of 3 cells (12 bytes), found 8 bytes");
  }

  @Test
  void addressesOfThreeCells_areRefused() throws DeviceTreeException {
    Node node =
        Trees.node(
            Trees.rootWith("pci { #address-cells = <3>; d { reg = <0 0 0 1>; }; };"), "/pci/d");

    assertThatThrownBy(node::reg)
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageContaining("/pci: property #address-cells: expected 0, 1 or 2 cells")
        .hasMessageEndingWith("found 3");
  }

  @Test
  void busWithoutAnyCells_hasNoRegToRead() throws DeviceTreeException {
    Node node =
        Trees.node(
            Trees.rootWith("b { #address-cells = <0>; #size-cells = <0>; d { reg = <1>; }; };"),
            "/b/d");

    assertThatThrownBy(node::reg)
        .isInstanceOf(DeviceTreeException.class)
        .hasMessageEndingWith("expected entries of 0 cells (0 bytes), found 4 bytes");
  }

  @Test
  void withoutReg_thereAreNoRanges() throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith("reg = <1>; dev { };");

    assertThat(Trees.node(tree, "/dev").reg()).isEmpty();
    assertThat(tree.root().reg()).isEmpty();
  }
}
