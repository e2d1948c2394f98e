package dev.nommu.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.text.Palette;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts are installed if they are missing or old. The project here has nothing to build. */
final class LocalRepositoryTest {
  private static final FileTime OLD = FileTime.fromMillis(1_000_000);
  private static final FileTime NEW = FileTime.fromMillis(2_000_000);

  @TempDir private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private LocalRepository repository;

  @BeforeEach
  void makeProject() throws IOException {
    touch(folder.resolve("project/cli/target/built-by-launcher"), OLD);
    repository =
        new LocalRepository(
            folder.resolve("repository"), Optional.of(folder.resolve("project")), "1");
  }

  private static void touch(Path file, FileTime time) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, time);
  }

  private void install(FileTime time) throws IOException {
    for (String name : List.of("nommu-api", "nommu-chardev-fb", "nommu-kernel", "nommu-ramfs")) {
      touch(folder.resolve("repository/dev/nommu/%s/1/%s-1.jar".formatted(name, name)), time);
    }
  }

  private void provide() throws CommandException, InterruptedException {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    repository.provide(
        new Console(
            InputStream.nullInputStream(), stream, stream, Palette.NONE, Console.Progress.DROPPED));
  }

  @Test
  void artifactsThatAreNewer_areUsed() throws Exception {
    install(NEW);
    provide();
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void artifactsThatAreOlderOrMissing_areInstalledAndAFailureSaysWhy() throws Exception {
    assertThatThrownBy(this::provide)
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("nommu plugin new: its artifacts cannot be installed: ");
    touch(folder.resolve("project/cli/target/built-by-launcher"), FileTime.fromMillis(3_000_000));
    install(NEW);
    assertThatThrownBy(this::provide).isInstanceOf(CommandException.class);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("installing its artifacts in ");
  }
}
