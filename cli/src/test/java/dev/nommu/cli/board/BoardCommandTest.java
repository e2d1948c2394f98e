package dev.nommu.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.DtbWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoardCommandTest {
  private static final String SMALL =
      """
      /dts-v1/;
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        reserved-memory {
          #address-cells = <1>; #size-cells = <1>; ranges;
          image@80000000 { reg = <0x80000000 0x100000>; };
        };
        serial@10000000 { compatible = "acme,unknown", "acme,serial"; reg = <0x10000000 0x100>; };
        rom@20000000 { compatible = "mtd-rom"; bank-width = <4>; reg = <0x20000000 0x10000>; };
        broken { compatible = "mtd-rom"; };
        off@40000000 { compatible = "mtd-ram"; status = "disabled"; reg = <0x40000000 0x1000>; };
      };
      """;

  @TempDir private Path directory;

  private Path small() throws IOException {
    return Files.writeString(directory.resolve("small.dts"), SMALL);
  }

  @Test
  void everyNode_isListedWithWhatCameOfIt() throws IOException {
    Run run = Run.of("board", "--board", small());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("/serial@10000000 +acme,unknown, acme,serial +no driver\n")
        .containsPattern("/rom@20000000 +mtd-rom +driver mtd\n")
        .containsPattern("/broken +mtd-rom +driver mtd failed: \\S+ \\(.*reg")
        .containsPattern("/off@40000000 +mtd-ram +disabled\n");
  }

  @Test
  void whatWasHardlyMeant_isAWarningOnStandardError() throws IOException {
    Path board =
        Files.writeString(
            directory.resolve("odd.dts"), SMALL.replace("serial@10000000", "serial@1000000"));

    Run run = Run.of("board", "--board", board);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            board
                + ":10:3: warning: /serial@1000000: expected @10000000, where reg begins, found"
                + " @1000000\n");
  }

  @Test
  void memory_isListedByAddress() throws IOException {
    assertThat(Run.of("board", "--board", small()).out())
        .containsPattern("0x20000000-0x20010000 +64 KiB +20000000.rom rom@20000000")
        .containsPattern("0x80000000-0x81000000 +16 MiB +System RAM")
        .containsPattern("0x80000000-0x80100000 +1 MiB +reserved");
  }

  @Test
  void devicesAndMounts_areListed() {
    assertThat(Run.of("board").out())
        .containsPattern("/dev/fb0 +character +29:0 +driver fb")
        .containsPattern("/dev/ram0 +block +1:0 +driver brd")
        .containsPattern("/m/romfs_rom +romfs +mtd:rom-romfs +ro")
        .containsPattern("/m/noexec +ramfs +noexec +noexec");
  }

  @Test
  void mountUnderALaterOne_isSaidToBeHidden() throws IOException {
    Path board =
        Files.writeString(
            directory.resolve("hidden.dts"),
            SMALL.replace(
                "serial@",
                """
                nommu { mounts {
                  below { source = "one"; target = "/m/below"; type = "ramfs"; };
                  over { source = "two"; target = "/m"; type = "ramfs"; };
                  inside { source = "three"; target = "/m/below"; type = "ramfs"; };
                  last { source = "four"; target = "/m/below"; type = "ramfs"; };
                }; };
                serial@\
                """));
    assertThat(Run.of("board", "--board", board).out())
        .containsPattern("/m/below +ramfs +one +hidden by two, mounted on /m later\n")
        .containsPattern("/m +ramfs +two\n")
        .containsPattern("/m/below +ramfs +three +hidden by four, mounted on /m/below later\n")
        .containsPattern("/m/below +ramfs +four\n");
  }

  @Test
  void blobWithoutTheNodeOfTheSimulation_boots() throws IOException {
    Path blob = directory.resolve("small.dtb");
    Files.write(blob, DtbWriter.write(DeviceTree.read(small())));
    Run run = Run.of("board", "--board", blob, "--profile", "linux-6.12");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("board: " + blob + ", profile: linux-6.12\n")
        .contains("/serial@10000000");
    assertThat(Run.of("matrix", "--board", blob).exitCode()).isZero();
  }

  @Test
  void absentBoard_isToldOnOneLine() {
    Run run = Run.of("board", "--board", directory.resolve("none.dts"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("nommu: " + directory.resolve("none.dts") + ": there is no such file\n");
  }

  @Test
  void directoryAsBoard_isToldOnOneLine() {
    Run run = Run.of("board", "--board", directory);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("nommu: " + directory + ": ")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void malformedBoard_isToldWithItsPlace() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong.dts"), "/dts-v1/;\n/ { x = <; };\n");
    Run run = Run.of("board", "--board", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("wrong.dts:2").doesNotContain("\tat ");
  }

  @Test
  void boardThatCannotBoot_isTold() throws IOException {
    String mounts =
        """
        / { nommu { mounts { x { source = "none"; target = "/x"; type = "hostfs"; }; }; }; };
        """;
    Path wrong = Files.writeString(directory.resolve("wrong.dts"), SMALL + mounts);
    Run run = Run.of("run", "--board", wrong, small());
    assertThat(run.exitCode()).isEqualTo(2);
    run = Run.of("matrix", "--board", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("mount of none on /x").hasLineCount(1);
  }

  @Test
  void directoryOfTheHostThatIsNotThere_isNamedWithoutTheNameOfAnException() throws IOException {
    String mounts =
        """
        / { nommu {
          host { src { directory = "nowhere"; }; };
          mounts { x { source = "src"; target = "/x"; type = "hostfs"; }; };
        }; };
        """;
    Path wrong = Files.writeString(directory.resolve("wrong.dts"), SMALL + mounts);
    Run run = Run.of("board", "--board", wrong);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("mount of src on /x", "nowhere: cannot be copied: there is no such file")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }
}
