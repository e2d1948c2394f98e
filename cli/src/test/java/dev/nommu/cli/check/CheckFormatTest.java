package dev.nommu.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nommu check} of a binary format: what it is lent fails too, and what is wrong is kept. */
final class CheckFormatTest {
  /** Reads its file into memory of the process, whose mapping it asks for in the part left out. */
  private static final String FORMAT =
      """
      package acme;

      import dev.nommu.api.*;
      import java.lang.foreign.*;
      import java.util.Set;

      public class Lamp implements BinaryFormat {
        @Override public String name() { return "lamp"; }
        @Override public Recognition recognize(Executable file, ExecRequest request)
            throws ErrnoException {
          return file.head().get(ValueLayout.JAVA_INT_UNALIGNED, 0) == 0x504d414c
              ? Recognition.program(memory -> load(file, memory))
              : Recognition.notMine("expected LAMP");
        }
        private static LoadedImage load(Executable file, ProcessMemory memory)
            throws ErrnoException {
          long text = memory.map(file, 4096, Set.of(Protection.READ, Protection.EXEC), 0);
          long data = data(memory);
          file.read(memory.at(data, 4096), 0);
          return LoadedImage.builder(text, data + 4096).build();
        }
        private static long data(ProcessMemory memory) throws ErrnoException {
          %s
        }
      }
      """;

  private static final String RIGHT =
      "return memory.mapAnonymous(8192, Set.of(Protection.READ, Protection.WRITE));";
  private static final String WRONG =
      "try { %s } catch (ErrnoException none) { throw new IllegalStateException(none); }"
          .formatted(RIGHT);

  @TempDir private Path folder;
  private Path program = Path.of("");

  @BeforeEach
  void writeProgram() throws IOException {
    byte[] bytes = Arrays.copyOf("LAMP \"\\\n#\0\u00fc".getBytes(UTF_8), 10_000);
    bytes[9_000] = 1;
    program = Files.write(folder.resolve("program"), bytes);
  }

  private Path format(String data) throws IOException {
    Path plugin = new Lamp(folder).compiled(FORMAT.formatted(data));
    Path services = plugin.resolve("META-INF/services");
    Files.deleteIfExists(services.resolve("dev.nommu.api.DeviceDriver"));
    Files.writeString(services.resolve("dev.nommu.api.BinaryFormat"), "acme.Lamp\n");
    return plugin;
  }

  @Test
  void whatAFormatIsLent_failsToo_whileTwoProcessesExecuteItsFile() throws Exception {
    Run run = Run.of("check", format(RIGHT), "--executable", program);
    assertThat(run.exitCode()).as(run.out()).isZero();
    for (String profile : List.of("document", "linux-6.12")) {
      assertThat(run.out())
          .containsPattern(
              "swept   faults, "
                  + profile
                  + " \\(executing\\): (\\d{2,}) of \\1 reached; of the calls: allocation: \\d+"
                  + " succeeded, \\d+ failed; driver call: \\d+ succeeded, \\d+ failed; host"
                  + " operation: \\d+ succeeded, \\d+ failed");
    }
  }

  @Test
  void whatOnlyFaultsFind_isShrunkAndKept_andFailsUntilTheFormatIsMended() throws Exception {
    Path plugin = format(WRONG);
    Path capsules = folder.resolve("kept");
    Run run = Run.of("check", plugin, "--executable", program, "--capsules", capsules);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("broken  faults, document: PLUGIN-01 [^$]*allocation 2 fails with ENOMEM")
        .containsPattern("broken  faults, linux-6.12: PLUGIN-01 [^$]*allocation 2 fails")
        .contains("to reproduce it: nommu run --plugin JAR " + capsules);
    List<Path> kept = kept(capsules);
    assertThat(kept).hasSize(2);
    for (Path capsule : kept) {
      assertThat(Files.readAllLines(capsule.resolve("session.txt")))
          .as("one process of the two, and the first piece of the file")
          .hasSize(5)
          .first()
          .asString()
          .startsWith("f1 = open(");
      Run replayed = Run.of("run", capsule, "--plugin", plugin);
      assertThat(replayed.exitCode()).isEqualTo(1);
      assertThat(replayed.err()).contains("FAULT: EIO", "acme.Lamp");
    }
    format(RIGHT);
    for (Path capsule : kept) {
      assertThat(Run.of("run", capsule, "--plugin", plugin).exitCode()).isZero();
    }
  }

  private static List<Path> kept(Path capsules) throws IOException {
    try (Stream<Path> kept = Files.list(capsules)) {
      return kept.sorted().toList();
    }
  }
}
