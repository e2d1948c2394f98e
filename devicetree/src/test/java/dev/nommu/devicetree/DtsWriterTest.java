package dev.nommu.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees written as source. */
class DtsWriterTest {
  @Test
  void source_isWhatAPersonWouldWrite() throws DeviceTreeException {
    DeviceTree tree =
        Trees.source(
            """
            /dts-v1/; /memreserve/ 0x80000000 0x1000;
            / { model = "a\\"b\\\\c", "d"; #size-cells = <1>; flag;
                mac = [02 00 5e]; soc { u@1 { reg = <1 2 0xdeadbeef>; }; }; end { }; };
            """);

    assertThat(DtsWriter.write(tree))
        .isEqualTo(
            """
            /dts-v1/;

            /memreserve/ 0x80000000 0x1000;

            / {
            \tmodel = "a\\"b\\\\c", "d";
            \t#size-cells = <0x1>;
            \tflag;
            \tmac = [02 00 5e];

            \tsoc {

            \t\tu@1 {
            \t\t\treg = <0x1 0x2 0xdeadbeef>;
            \t\t};
            \t};

            \tend {
            \t};
            };
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = \"\";",
        "a = \"x\", \"\";",
        "a = \"\", \"x\";",
        "a = [00]; b = [00 00 00 00]; c = [41 00 00 42];",
        "a = [41 42 43]; b = [41 42 43 44]; c = [ff 00];",
        "a = \"tab\\t\"; b = \"\\xe4\"; c = \"line\\n\";",
        "#else; #if = <1>; 10; n { 0 { }; };",
        "a = <0 0xffffffff>;",
      })
  void source_saysTheSameAgain(String content) throws DeviceTreeException {
    DeviceTree tree = Trees.rootWith(content);

    assertThat(Trees.source(DtsWriter.write(tree))).isEqualTo(tree);
  }

  @Test
  void treesOfAllKinds_sayTheSameAgain() throws IOException {
    DeviceTree oracle = Trees.source(Trees.oracleDts());
    assertThat(Trees.source(DtsWriter.write(oracle))).isEqualTo(oracle);
    for (int seed = 0; seed < 100; seed++) {
      DeviceTree tree = Trees.source(new RandomSource(seed).tree());

      assertThat(Trees.source(DtsWriter.write(tree))).isEqualTo(tree);
    }
  }
}
