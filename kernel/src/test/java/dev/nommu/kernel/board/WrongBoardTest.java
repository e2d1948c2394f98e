package dev.nommu.kernel.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.memory.MemoryFactory;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TestBoard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a board says and a machine cannot have is told, by where it stands. */
final class WrongBoardTest {
  private static final long MEBIBYTES_OF_256_TEBIBYTES = 1L << 28;

  @RegisterExtension final Machines machines = new Machines();

  private static Board board(String simulation) throws Exception {
    String source =
        """
        /dts-v1/;
        / {
          #address-cells = <2>; #size-cells = <2>;
          memory@80000000 { device_type = "memory"; reg = <0 0x80000000 0 0x1000000>; };
          nommu { %s };
        };
        """
            .formatted(simulation);
    return Board.parse("board", source);
  }

  @Test
  void boardFromText_isReadAndSaysWhereItIsWrong() throws Exception {
    assertThat(board("").ram().length()).isEqualTo(0x100_0000);
    assertThatThrownBy(() -> Board.parse("mine", "/dts-v1/;\n/ { oops };"))
        .isInstanceOf(BoardException.class)
        .hasMessageStartingWith("mine:2:");
  }

  @Test
  void ramThatNoMachineHas_isTold() {
    assertThatThrownBy(() -> TestBoard.withMebibytes(MEBIBYTES_OF_256_TEBIBYTES).build())
        .hasRootCauseInstanceOf(BoardException.class)
        .hasStackTraceContaining(
            "test board: expected RAM of no more than 4 TiB, found [0x80000000-0x1000080000000]");
  }

  @Test
  void ramThatTheHostRefuses_isTold() {
    MemoryFactory none =
        (ram, arena) -> {
          throw new ErrnoException(Errno.ENOMEM, "the host refuses 16 MiB of RAM");
        };
    Kernel kernel = Machines.kernel(binder -> binder.bind(MemoryFactory.class).toInstance(none));
    Board board = TestBoard.withMebibytes(16).build();
    assertThatThrownBy(() -> kernel.boot(board, Profile.DOCUMENT))
        .isInstanceOf(BoardException.class)
        .hasMessage("test board: the host refuses 16 MiB of RAM at [0x80000000-0x81000000]");
  }

  @Test
  void deviceMemoryThatTheHostRefuses_failsTheProbe() {
    Board board =
        TestBoard.withMebibytes(16)
            .node("a@0 { compatible = \"mmio-sram\"; reg = <0x10000 0 0x10000 0>; };")
            .node(
                """
                b@0 { compatible = "cfi-flash"; bank-width = <4>; reg = <0x20000 0 0x10000 0>; };
                """)
            .build();
    Machine machine = machines.boot(board, Profile.DOCUMENT);
    assertThat(outcome(machine, "/a@0"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed ->
                assertThat(failed.reason().describe())
                    .contains(
                        "ENOMEM", "the host refuses 256 TiB of memory for 1000000000000.a a@0"));
    assertThat(outcome(machine, "/b@0")).isInstanceOf(Outcome.Failed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          content { };                         | children contents, host, mounts, windows | content
          contents { a { file = "x"; }; };     | device, reg, image, persistent, read-only | file
          host { a { persist; }; };            | directory, persistent, read-only          | persist
          mounts { a { option = "ro"; }; };    | source, target, type, options            | option
          windows { a { size = <1>; }; };      | reg                                      | size
          mounts { a { b { }; }; };            | no children                              | b
          source = "x";                        | fstab                                    | source
          """)
  void unknownNameInTheSimulation_isTold(String simulation, String expected, String found) {
    assertThatThrownBy(() -> board(simulation))
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("/nommu")
        .hasMessageEndingWith("expected " + expected + ", found " + found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          contents { a { device = "/rom@0"; image = "/n"; }; }; | contents/a: image /n: cannot be
          mounts { a { source = "/n"; target = "/m"; type = "romfs"; }; } ; | mounts/a: mount of /n
          host { h { directory = "/n"; }; }; mounts { a { source = "h"; target = "/m"; type = "hostfs"; }; }; | mounts/a: mount of h on /m: EIO
          host { h { directory = "/n"; }; }; mounts { a { source = "g"; target = "/m"; type = "hostfs"; }; }; | there are [h]
          mounts { a { source = "g"; target = "/m"; type = "hostfs"; }; }; | there are []
          fstab = "/n /m romfs"; | fstab: mount of /n on /m: ENOENT
          """)
  void whatTheSimulationAsksForAndIsNotThere_isToldByWhereItStands(
      String simulation, String expected) throws Exception {
    String rom = "}; rom@0 { compatible = \"mtd-rom\"; bank-width = <4>; reg = <0 0 0 0x1000>;";
    Board board = board(simulation + rom);
    assertThatThrownBy(() -> Machine.boot(board).close())
        .isInstanceOf(BoardException.class)
        .hasMessageMatching("(?s)board:5:[0-9]+: /nommu.*")
        .hasMessageContaining(expected);
  }

  @Test
  void mountThatFails_namesTheDriversThatFailed() {
    Board board =
        TestBoard.withMebibytes(16)
            .node("a@0 { compatible = \"mmio-sram\"; reg = <0x10000 0 0x10000 0>; };")
            .mount("mtd:none", "/m", "romfs", "ro")
            .build();
    assertThatThrownBy(() -> Machine.boot(board).close())
        .isInstanceOf(BoardException.class)
        .hasMessageContaining("mount of mtd:none on /m")
        .hasMessageContaining(
            "\n  /a@0: sram failed: ENOMEM (Cannot allocate memory): the host refuses 256 TiB");
  }

  private static Outcome outcome(Machine machine, String place) {
    return machine.nodes().stream()
        .filter(node -> node.place().equals(place))
        .findFirst()
        .orElseThrow()
        .outcome();
  }
}
