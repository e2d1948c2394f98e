package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.hostfs.HostfsType;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Clause;
import dev.nommu.tck.Contract;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.fs.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a file system leaves alone what is in a directory that is kept. */
final class KeptFilesTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        nommu {
          compatible = "nommu,simulation";
          host { files { directory = "."; persistent; }; };
          mounts { files { source = "files"; target = "/files"; type = "hostfs"; options = ""; }; };
        };
      };
      """;

  @Test
  void filesThatAreThere_stayAsTheyAre(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.txt"), "kept");
    Path folder = Files.createDirectories(directory.resolve("tck"));
    Files.writeString(folder.resolve("b.txt"), "kept, too");
    Subject subject =
        Subject.fileSystem(HostfsType::new, Board.parse("kept.dts", BOARD, directory));
    for (Contract contract : FileSystems.of(subject, "hostfs")) {
      for (Clause clause : contract.clauses()) {
        assertThat(contract.judge(clause, Profile.DOCUMENT)).isNotInstanceOf(Verdict.Broken.class);
      }
    }
    assertThat(file).hasContent("kept");
    assertThat(folder.resolve("b.txt")).hasContent("kept, too");
  }
}
