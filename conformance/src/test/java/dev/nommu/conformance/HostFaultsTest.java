package dev.nommu.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.hostfs.HostfsType;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.FaultSweep;
import dev.nommu.tck.fault.Operation;
import dev.nommu.tck.fault.SweepReport;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation on the host's files fails in turn while hostfs is used. */
final class HostFaultsTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        nommu {
          compatible = "nommu,simulation";
          host { files { directory = "%s"; }; };
          mounts { files { source = "files"; target = "/f"; type = "hostfs"; options = ""; }; };
        };
      };
      """;

  private static final FaultMenu FAILING =
      new FaultMenu(List.of(new Dish(Operation.HOST_OPERATION, new Effect.Fail(Errno.EIO))));

  @TempDir private Path directory;

  private static void use(Machine machine) throws ErrnoException {
    Task task = machine.init();
    int file = task.open("/f/new", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    task.write(file, MemorySegment.ofArray("text".getBytes(UTF_8)));
    task.pread(file, MemorySegment.ofArray(new byte[4]), 0);
    task.close(file);
    task.tree().mkdir("/f/folder", 0755);
    task.tree().rename("/f/new", "/f/folder/moved");
    task.tree().list("/f/folder");
    task.tree().truncate("/f/folder/moved", 1);
    task.tree().chmod("/f/folder/moved", 0600);
    task.tree().utimensat("/f/folder/moved", NewTime.NOW, NewTime.NOW);
    task.tree().unlink("/f/folder/moved");
    task.tree().rmdir("/f/folder");
    task.tree().statfs("/f");
  }

  @Test
  void hostfs_bearsEachFailureOfTheHost() throws Exception {
    Files.writeString(Files.createDirectory(directory.resolve("files")).resolve("kept"), "kept");
    Board board = Board.parse("host.dts", BOARD.formatted(directory.resolve("files")));
    List<String> happened = new ArrayList<>();
    SweepReport report =
        FaultSweep.run(
            Subject.fileSystem(HostfsType::new, board),
            Profile.DOCUMENT,
            FAILING,
            HostFaultsTest::use,
            fault -> happened.add(fault.toString()));
    System.out.println("HostFaultsTest: " + report);
    assertThat(happened).hasSizeGreaterThan(30).contains("host operation 1 fails with EIO");
    assertThat(report.wrong()).isEmpty();
    assertThat(report.unproven()).isEmpty();
    assertThat(Files.readString(directory.resolve("files/kept"))).isEqualTo("kept");
  }
}
