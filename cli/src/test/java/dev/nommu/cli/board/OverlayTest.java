package dev.nommu.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DtbWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --overlay}: what a boot loader adds to the tree of a board. */
final class OverlayTest {
  @TempDir private Path directory;
  private Path board;

  @BeforeEach
  void board() throws IOException {
    board =
        file(
            "board.dts",
            """
            /dts-v1/;
            / { #address-cells = <1>; #size-cells = <1>;
              memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
              rom: rom@20000000 { compatible = "mtd-rom"; reg = <0x20000000 0x10000>;
                status = "disabled"; };
            };
            """);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private Path overlay(String name, String content) throws IOException {
    return file(name, "/dts-v1/;\n/plugin/;\n" + content);
  }

  @Test
  void overlays_areAppliedInTurn() throws IOException {
    Path first =
        overlay(
            "first.dts",
            "&rom { status = \"okay\"; bank-width = <4>; };"
                + " &{/} { soc: soc { compatible = \"simple-bus\"; #address-cells = <1>;"
                + " #size-cells = <1>; ranges; }; };");
    Path second =
        overlay("second.dts", "&soc { ram@0 { compatible = \"mtd-ram\"; reg = <0 0>; }; };");
    Path third = directory.resolve("third.dtbo");
    String ram = "&soc { ram@0 { reg = <0x30000000 0x10000>; bank-width = <4>; }; };";
    Files.write(third, DtbWriter.write(DeviceTree.read(overlay("third.dts", ram))));

    Run run =
        Run.of(
            "board", "--board", board, "--overlay", first, "--overlay", second, "--overlay", third);

    assertThat(run.err()).contains("second.dts:3:8: warning: /soc/ram@0: ");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern(" rom@20000000 .*mtd-rom +driver mtd\n")
        .containsPattern(" ram@0 .*mtd-ram +driver mtd\n");
  }

  @Test
  void withoutIt_theBoardIsAsItWas() {
    assertThat(Run.of("board", "--board", board).out())
        .containsPattern(" rom@20000000 .*mtd-rom +disabled\n");
  }

  @Test
  void builtInBoard_takesOverlaysToo() throws IOException {
    Path more = overlay("more.dts", "&{/chosen} { more { compatible = \"acme\"; }; };");

    Run run = Run.of("board", "--overlay", more);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).containsPattern(" more +acme +no driver\n");
  }

  @Test
  void overlayInThePlaceOfABoard_isAnErrorThatSaysWhereItBelongs() throws IOException {
    Path overlay = overlay("o.dts", "&rom { };");

    Run run = Run.of("board", "--board", overlay);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .isEqualTo(
            "nommu: "
                + overlay
                + ":1:1: this is an overlay; give it with --overlay, and a board\n");
  }

  @Test
  void labelThatTheBoardDoesNotHave_isNamedWhereTheOverlaySaysIt() throws IOException {
    Path overlay = overlay("o.dts", "\n&uart { };");

    Run run = Run.of("board", "--board", board, "--overlay", overlay);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .isEqualTo(
            "nommu: %s:4:1: overlay: &uart: expected a label of %s, found rom%n"
                .formatted(overlay, board));
  }

  @Test
  void boardInThePlaceOfAnOverlay_isAnError() {
    assertThat(Run.of("board", "--board", board, "--overlay", board).err())
        .isEqualTo(
            "nommu: %s:1:1: overlay: expected /plugin/, or fragments that have __overlay__, found a whole device tree%n"
                .formatted(board));
  }

  @Test
  void overlayThatIsNotThere_isNamed() {
    Path none = directory.resolve("none.dts");

    assertThat(Run.of("board", "--board", board, "--overlay", none).err())
        .isEqualTo("nommu: " + none + ": no such file or directory\n");
  }
}
