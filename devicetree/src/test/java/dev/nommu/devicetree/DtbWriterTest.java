package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is written: Devicetree Specification v0.4, chapter 5. */
class DtbWriterTest {
  @Test
  void blob_isLaidOutAsTheSpecificationSays() throws DeviceTreeException {
    DeviceTree tree =
        Trees.source(
            """
            /dts-v1/;
            /memreserve/ 0x10 0x20;
            / { reg = <7>; flag; cpus { cpu@3 { reg = <3>; }; }; };
            """);
    ByteBuffer expected = ByteBuffer.allocate(173);
    expected.putInt(0xd00dfeed).putInt(173).putInt(72).putInt(164).putInt(40);
    expected.putInt(17).putInt(16).putInt(3).putInt(9).putInt(92);
    expected.putLong(0x10).putLong(0x20).putLong(0).putLong(0);
    expected.putInt(1).putInt(0);
    expected.putInt(3).putInt(4).putInt(0).putInt(7);
    expected.putInt(3).putInt(0).putInt(4);
    expected.putInt(1).put("cpus\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
    expected.putInt(1).put("cpu@3\0\0\0".getBytes(StandardCharsets.US_ASCII));
    expected.putInt(3).putInt(4).putInt(0).putInt(3);
    expected
        .putInt(2)
        .putInt(2)
        .putInt(2)
        .putInt(9)
        .put("reg\0flag\0".getBytes(StandardCharsets.US_ASCII));

    assertThat(DtbWriter.write(tree)).isEqualTo(expected.array());
  }

  @Test
  void sourceWrittenAndRead_isTheSameTree() throws DeviceTreeException {
    DeviceTree tree =
        Trees.source(
            """
            /dts-v1/;
            /memreserve/ 0xfffffffffffff000 0x1000;
            / { compatible = "a", "b"; p = [01], <&l>, &l, /bits/ 64 <1>; e = ""; f;
                l: n@1,2 { m { #x = <1>; }; }; o { }; };
            """);

    assertThat(DeviceTree.parseDtb(DtbWriter.write(tree), "t.dtb")).isEqualTo(tree);
  }
}
