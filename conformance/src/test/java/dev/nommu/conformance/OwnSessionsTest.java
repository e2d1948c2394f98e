package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.Trial;
import dev.nommu.tck.session.Model;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Sessions.Result;
import dev.nommu.tck.session.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generated sessions find nothing in the drivers and file systems that nommu has itself. */
final class OwnSessionsTest {
  private static final int SEEDS = 40;
  private static final int LENGTH = 60;
  private static final String MOUNTS =
      """
      host { files { directory = "%s"; }; };
      mounts {
        a { source = "none"; target = "/ram"; type = "ramfs"; options = ""; };
        b { source = "files"; target = "/files"; type = "hostfs"; options = ""; };
        c { source = "/dev/vda"; target = "/rom"; type = "cramfs"; options = "ro"; };
      };
      contents {
      """;

  @TempDir private Path files;

  private Subject subject() throws Exception {
    Path boards = RecordedScenario.projectRoot().resolve("boards");
    String board = Files.readString(boards.resolve("every-driver.dts"));
    assertThat(board).contains("contents {");
    String mounted = board.replace("contents {", MOUNTS.formatted(files));
    return Subject.board(Board.parse("every-driver.dts", mounted, boards));
  }

  private static List<String> devices(Subject subject) throws Exception {
    Setting setting = new Setting(Profile.DOCUMENT, Reach.PLAIN, Memory.AS_GIVEN);
    try (Trial trial = subject.boot(setting)) {
      return trial.machine().devices().stream().map(device -> "/dev/" + device.name()).toList();
    }
  }

  private static List<Result> run(Subject subject, Profile profile, Targets targets)
      throws Exception {
    return new Sessions(subject, profile, targets, Model.NONE, LENGTH)
        .run(LongStream.rangeClosed(1, SEEDS), seed -> {});
  }

  @ParameterizedTest
  @EnumSource
  void devices_staySound(Profile profile) throws Exception {
    Subject subject = subject();
    List<String> devices = devices(subject);
    assertThat(devices).contains("/dev/mtd0", "/dev/mtdblock0", "/dev/fb0", "/dev/vda", "/dev/mem");
    List<Result> results = run(subject, profile, Targets.ofDevices(devices));
    assertThat(results).allSatisfy(result -> assertThat(result.replay().wrong()).isEmpty());
    assertThat(results.stream().flatMap(result -> result.replay().trace().stream()))
        .anyMatch(line -> line.startsWith("ioctl(") && line.endsWith(" = 0"));
  }

  @ParameterizedTest
  @EnumSource
  void trees_staySound(Profile profile) throws Exception {
    Subject subject = subject();
    List<Targets.Tree> trees = Targets.of(subject).trees();
    assertThat(trees).hasSize(3);
    for (Targets.Tree tree : trees) {
      Targets targets = new Targets(List.of(), List.of(), List.of(tree));
      List<Result> results = run(subject, profile, targets);
      assertThat(results).allSatisfy(result -> assertThat(result.replay().wrong()).isEmpty());
      assertThat(run(subject, profile, targets)).isEqualTo(results);
    }
  }
}
