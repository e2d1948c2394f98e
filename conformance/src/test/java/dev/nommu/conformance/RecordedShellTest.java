package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.console.Console;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * BusyBox, as build-shell.sh builds it, and a session of its shell that ran on a real kernel:
 * {@code -Dnommu.busybox} is the root that build-shell.sh makes. BusyBox is under the GPL, so that
 * no build of it is part of nommu.
 */
@Timeout(120)
@EnabledIfSystemProperty(named = "nommu.busybox", matches = ".+")
final class RecordedShellTest {
  private static final Path ROOT = Path.of(System.getProperty("nommu.busybox", ""));

  @Test
  void board12_shellAsInit_showsWhatItShowedOnLinux() throws Exception {
    try (Machine machine = Machine.boot(RecordedScenario.board(), Profile.LINUX_6_12)) {
      install(machine.init());
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      try (Console.Keyboard _ = machine.console().attach(screen::writeBytes)) {
        machine.startInit().join();
      }
      assertThat(screen.toString(StandardCharsets.UTF_8).replace("\r", ""))
          .isEqualTo(
              Files.readString(
                  RecordedScenario.recordings().resolve("guest").resolve("shell.out")));
      assertThat(machine.isPoweredOff()).isTrue();
    }
  }

  private static void install(Task init) throws IOException {
    init.tree().mkdir("/bin", 0755);
    for (String folder : List.of("", "bin")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        for (Path file : files.filter(each -> !Files.isDirectory(each)).toList()) {
          install(init, file, "/" + ROOT.relativize(file));
        }
      }
    }
  }

  private static void install(Task init, Path file, String path) throws IOException {
    if (Files.isSymbolicLink(file)) {
      init.tree().symlink(Files.readSymbolicLink(file).toString(), path);
      return;
    }
    int opened = init.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0755);
    init.write(opened, MemorySegment.ofArray(Files.readAllBytes(file)));
    init.close(opened);
  }
}
