package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be read but was hardly meant: as dtc's unit_address_vs_reg and simple_bus_reg. */
class WarningTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f@1 { };|/f@1: expected reg or ranges, as its name has @1, found neither",
        "f@1 { ranges; };|/f@1: expected reg or ranges, as its name has @1, found neither",
        "f { reg = <0 1 2>; };|/f: expected a unit address in its name, as it has reg, found none",
        "f { ranges = <1 2>; };|/f: expected a unit address in its name, as it has ranges, found"
            + " none",
        "f@10 { reg = <0 0x1a 2>; };|/f@10: expected @1a, where reg begins, found @10",
        "f@0x1a { reg = <0 0x1a 2>; };|/f@0x1a: expected @1a, where reg begins, found @0x1a",
        "f@1A { reg = <0 0x1a 2>; };|/f@1A: expected @1a, where reg begins, found @1A",
        "f@1 { reg = <1 1 2>; };|/f@1: expected @100000001, where reg begins, found @1",
        "f@1 { #address-cells = <1>; ranges = <0 0 2 9>; };"
            + "|/f@1: expected @2, where ranges begins, found @1",
      })
  void unitAddressAndReg_sayTheSame(String content, String message) throws DeviceTreeException {
    assertThat(Trees.rootWith("\n  " + content).warnings())
        .containsExactly(new Warning(new Location.Line("test.dts", 2, 3), message));
  }

  @Test
  void warning_isShownAsCompilersDo() throws DeviceTreeException {
    assertThat(Trees.rootWith("f@1 { };").warnings())
        .first()
        .hasToString(
            "test.dts:1:15: warning: /f@1: expected reg or ranges, as its name has @1, found"
                + " neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple-bus", "fixed-partitions"})
  void busesWithPlainAddresses_areCompared(String compatible) throws DeviceTreeException {
    DeviceTree tree =
        Trees.rootWith(
            "b { compatible = \"x\", \"%s\"; #address-cells = <1>; f@1 { reg = <2 1>; }; };"
                .formatted(compatible));

    assertThat(tree.warnings())
        .extracting(Warning::message)
        .containsExactly("/b/f@1: expected @2, where reg begins, found @1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f@1a { reg = <0 0x1a 2>; };",
        "f { };",
        "f { ranges; };",
        "i2c { #address-cells = <1>; #size-cells = <0>; f@1 { reg = <0x40000001>; }; };",
        "#address-cells = <3>; pci@1,0 { reg = <0 1 2 3>; };",
        "#address-cells = <0>; f@1 { reg = <7>; };",
        "f@1 { reg = <7>; };",
        "#address-cells = <(-1)>; f@1 { #address-cells = <(-1)>; ranges = <7>; };",
      })
  void whatNeedNotAgree_isNoWarning(String content) throws DeviceTreeException {
    assertThat(Trees.rootWith(content).warnings()).isEmpty();
  }
}
