package dev.nommu.kernel.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.testing.Machines;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A frame buffer, flash or SRAM that cannot be set up names the binding that its node is not in.
 */
final class FailedNodesTest {
  private static final String RAM = "compatible = \"mtd-ram\"; ";
  private static final String FB =
      "compatible = \"simple-framebuffer\"; width = <16>; height = <16>; stride = <64>;";
  private static final String FORMAT = "format = \"a8r8g8b8\";";

  @RegisterExtension final Machines machines = new Machines();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RAM WORD reg = <0x80400000 0x1000>;       | reserved-memory.yaml
          RAM WORD                                  | mtd-physmap.yaml
          RAM WORD reg = <0x90000000>;                   | Devicetree Specification v0.4, 2.3.6
          RAM WORD reg = <0x90000000 0>;                 | Devicetree Specification v0.4, 2.3.6
          RAM reg = <0x90000000 0x1000>; bank-width = <3>;   | mtd-physmap.yaml
          RAM reg = <0x90000000 0x1000>; bank-width = <1 2>; | Devicetree Specification v0.4, 2.2.4
          RAM reg = <0x90000000 0x1000>; bank-width = [01];  | Devicetree Specification v0.4, 2.2.4
          RAM WORD reg = <0x90000000 0x1000>; p { reg = <0 1 2 3 4 5>; }; | partition.yaml
          FB FORMAT reg = <0x80400000 0x1000>;      | reserved-memory.yaml
          FB FORMAT reg = <0x80fff000 0x2000>;      | reserved-memory.yaml
          FB FORMAT reg = <0x90000000 0x100>;       | simple-framebuffer.yaml
          FB FORMAT                                 | simple-framebuffer.yaml
          FB reg = <0x90000000 0x1000>;             | simple-framebuffer.yaml
          FB reg = <0x90000000 0x1000>; format = "grey"; | simple-framebuffer.yaml
          RAM WORD reg = <0x90000000 0x1000 0x90000fff 1>; | Devicetree Specification v0.4, 2.3.6
          compatible = "mmio-sram"; reg = <0x90000000 0x1000 0x90000800 0x1000>; | Devicetree Specification v0.4, 2.3.6
          compatible = "mmio-sram"; reg = <0x80400000 0x1000>; | reserved-memory.yaml
          compatible = "mmio-sram";                 | sram.yaml
          """)
  void reason_namesTheBinding(String node, String binding) throws BoardException {
    assertThat(reason("part { " + node + " };", "/part")).contains(binding);
  }

  @ParameterizedTest
  @CsvSource({"'', 2.3.8", "'ranges = <0 0x90000000 0x800>;', 2.3.8"})
  void reason_ofABusThatDoesNotPassTheAddressOn_namesTheSection(String ranges, String section)
      throws BoardException {
    String bus =
        """
        bus { compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; %s
          sram@1000 { compatible = "mmio-sram"; reg = <0x1000 0x800>; };
        };
        """;
    assertThat(reason(bus.formatted(ranges), "/bus/sram@1000"))
        .contains("bus /bus has no ", "(Devicetree Specification v0.4, " + section + ")");
  }

  private String reason(String nodes, String place) throws BoardException {
    String source =
        """
        /dts-v1/;
        / { #address-cells = <1>; #size-cells = <1>;
          memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
          %s
        };
        """
            .formatted(
                nodes
                        .replace("WORD", "bank-width = <4>;")
                        .replace("RAM ", RAM)
                        .replace("FB ", FB)
                        .replace("FORMAT", FORMAT)
                    + "\n");
    Machine machine = machines.boot(Board.parse("board", source, Path.of("")), Profile.LINUX_6_12);
    return machine.nodes().stream()
        .filter(node -> node.place().equals(place))
        .map(Probed::outcome)
        .map(Outcome.Failed.class::cast)
        .findFirst()
        .orElseThrow()
        .reason()
        .describe();
  }
}
