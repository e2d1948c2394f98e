package dev.nommu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.cli.Run;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.Operation;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a capsule happens again, with its own board, plugin and faults. */
final class RunCapsuleTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      };
      """;
  private static final String OPEN = "f1 = open(\"/f\", O_RDWR|O_CREAT, 0600)";

  @TempDir private Path directory;

  private void write(String step, Fault... faults) throws IOException {
    new Capsule(
            Capsule.VERSION,
            "dev.nommu.ramfs.RamfsType",
            Profile.DOCUMENT,
            List.of(faults),
            BOARD,
            Path.of(""),
            new Session(List.of(OPEN, step)))
        .write(directory);
  }

  @Test
  void capsuleWithHalfAFault_isRefused_withFileAndLine() throws IOException {
    write("close(f1)", new Fault(Operation.READ, 1, new Effect.Tear()));
    Path manifest = directory.resolve("capsule.txt");
    Files.writeString(manifest, Files.readString(manifest).replace(" tear", ""));
    assertRefused(manifest + ":6: expected a fault such as WRITE 3 ENOSPC, found 'READ 1'\n");
  }

  @Test
  void capsuleWithoutAScenario_isRefused_withFileAndLine() throws IOException {
    write("close(f1)");
    Path session = Files.writeString(directory.resolve("session.txt"), "close(");
    assertRefused(session + ":1:7: expected a number or a text, found the end of the line\n");
  }

  private void assertRefused(String error) {
    Run run = Run.of("run", directory);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo(error);
  }

  @Test
  void capsuleOfAnotherVersion_runs_andSaysSo() throws IOException {
    write("close(f1)");
    Path manifest = directory.resolve("capsule.txt");
    Files.writeString(manifest, Files.readString(manifest).replace(Capsule.VERSION, "0.0.1"));
    Run run = Run.of("run", directory);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "%s: saved by version 0.0.1 of nommu, this is %s%n"
                .formatted(directory, Capsule.VERSION));
  }

  @Test
  void capsuleThatPasses_endsWithZero() throws IOException {
    write("pwrite(f1, \"abcd\", 0) = 4");
    Run run = Run.of("run", directory);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("pwrite(f1, \"abcd\", 0) = 4");
  }

  @Test
  void capsuleThatFails_endsWithOneAndSaysWhatIsWrong() throws IOException {
    Fault full = new Fault(Operation.WRITE, 1, new Effect.Fail(Errno.ENOSPC));
    write("pwrite(f1, \"abcd\", 0) = 4", full);
    Run run = Run.of("run", directory);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("pwrite(f1, \"abcd\", 0) = -1 ENOSPC");
    assertThat(run.err()).contains("ANSWER", directory + ": fails");
  }

  @Test
  void capsuleThatCannotBeRead_isRefused() throws IOException {
    write("getpid()");
    Files.writeString(directory.resolve("capsule.txt"), "{}");
    Run run = Run.of("run", directory);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("capsule.txt:1: expected one of format, version");
  }
}
