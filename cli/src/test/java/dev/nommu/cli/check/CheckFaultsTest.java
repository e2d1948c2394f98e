package dev.nommu.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nommu check} lets each call of a plugin fail in turn, and keeps what is wrong then. */
final class CheckFaultsTest {
  private static final String RIGHT = "return Placement.within(range, request);";

  /** Where memory runs out it throws what it must not. */
  private static final String WRONG =
      "try { context.pages().free(context.pages().allocatePage(), 1); }"
          + " catch (ErrnoException none) { throw new IllegalStateException(none); } "
          + RIGHT;

  @TempDir private Path folder;

  @Test
  void everyFaultIsReached_underBothProfiles_andBothOutcomesAreTold() throws Exception {
    Run run = Run.of("check", new Lamp(folder).answering(RIGHT), "--seeds", "3");
    for (String profile : List.of("document", "linux-6.12")) {
      assertThat(run.out())
          .containsPattern(
              "swept   faults, "
                  + profile
                  + " \\(seed 1, seed 2, seed 3\\): (\\d{2,}) of \\1 reached; of the calls:"
                  + " driver call: \\d+ succeeded, \\d+ failed");
    }
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void whatOnlyFaultsFind_isShrunkAndKept_andFailsUntilThePluginIsMended() throws Exception {
    Lamp lamp = new Lamp(folder);
    Path plugin = lamp.answering(WRONG);
    Path capsules = folder.resolve("kept");
    Run run = Run.of("check", plugin, "--seeds", "3", "--capsules", capsules);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("broken  faults, document: PLUGIN-01 [^$]*allocation 1 fails with ENOMEM")
        .containsPattern("broken  faults, linux-6.12: PLUGIN-01 [^$]*allocation 1 fails");
    List<Path> kept = kept(capsules);
    assertThat(kept).hasSize(2);
    for (Path capsule : kept) {
      assertThat(Files.readAllLines(capsule.resolve("session.txt"))).hasSize(2);
      Run replayed = Run.of("run", capsule, "--plugin", plugin);
      assertThat(replayed.exitCode()).isEqualTo(1);
      assertThat(replayed.err()).contains("FAULT: EIO", "acme.Lamp");
    }
    lamp.answering(RIGHT);
    assertThat(Run.of("run", kept.getFirst(), "--plugin", plugin).exitCode()).isZero();
  }

  private static List<Path> kept(Path capsules) throws IOException {
    try (Stream<Path> kept = Files.list(capsules)) {
      return kept.toList();
    }
  }
}
