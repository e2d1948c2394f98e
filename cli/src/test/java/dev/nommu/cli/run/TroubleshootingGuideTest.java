package dev.nommu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions in {@code docs/TROUBLESHOOTING.md} are answered as it says. */
final class TroubleshootingGuideTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
  private static final Pattern COMMAND = Pattern.compile("\\./nommu explain '(.*)'");

  @TempDir private Path directory;
  private String guide = "";

  @BeforeEach
  void read() throws IOException {
    guide = Files.readString(Path.of("..", "docs", "TROUBLESHOOTING.md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"document", "linux-6.12"})
  void everySession_isAnsweredAsStated(String profile) throws IOException {
    List<String> sessions =
        BLOCK
            .matcher(guide)
            .results()
            .filter(block -> block.group(1).isEmpty())
            .map(block -> block.group(2))
            .toList();
    assertThat(sessions).hasSizeGreaterThan(8);
    for (String session : sessions) {
      Path file = Files.writeString(directory.resolve("session.txt"), session);
      Run run = Run.of("run", "--profile", profile, file);
      assertThat(run.err()).as(session).isEmpty();
      assertThat(run.exitCode()).as(session + run.out()).isZero();
    }
  }

  @Test
  void theCallThatIsExplained_isRefused() {
    String call =
        COMMAND.matcher(guide).results().map(command -> command.group(1)).findFirst().orElseThrow();
    assertThat(Run.of("explain", call).out()).contains("ENODEV", "MMAP-17");
  }
}
