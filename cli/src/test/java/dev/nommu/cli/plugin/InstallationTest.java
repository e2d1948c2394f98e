package dev.nommu.cli.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.text.Palette;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Artifacts are installed if they are missing or old, by a Maven that only tells how it is called.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
final class InstallationTest {
  private static final FileTime OLD = FileTime.fromMillis(1_000_000);
  private static final FileTime NEW = FileTime.fromMillis(2_000_000);
  private static final FileTime NEWER = FileTime.fromMillis(3_000_000);
  private static final List<String> FILES =
      List.of(
          "nommu-bom/1/nommu-bom-1.pom",
          "nommu-api/1/nommu-api-1.jar",
          "nommu-chardev-fb/1/nommu-chardev-fb-1.jar",
          "nommu-junit/1/nommu-junit-1.jar");

  /** The local repository is the folder that the file {@code answer} names, where it is run. */
  private static final String MAVEN =
      """
      #!/bin/sh
      case "$*" in
        *-X*)
          [ ! -e answer ] || echo "[DEBUG] Using local repository at $(cat answer)"
          exit 1
          ;;
      esac
      echo "$(pwd) $*" >>"$0.calls"
      echo '[INFO] Building nommu api 1     [1/2]'
      echo '[INFO] Building jar: nommu-api.jar'
      echo '[ERROR] Failed to execute goal: no room -> [Help 1]'
      [ ! -e "$0.fails" ] || exit 1
      for argument; do
        case $argument in
          -Dmaven.repo.local=*) repository=${argument#*=} ;;
        esac
      done
      for file in %s; do
        mkdir -p "$repository/dev/nommu/${file%%/*}"
        : >"$repository/dev/nommu/$file"
      done
      """
          .formatted(String.join(" ", FILES));

  @TempDir private Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final CountDownLatch waiting = new CountDownLatch(1);
  private Path project;
  private Path repository;
  private Path maven;

  @BeforeEach
  void makeProject() throws IOException {
    project = folder.resolve("project");
    repository = folder.resolve("repository");
    touch(project.resolve("cli/target/built-by-launcher"), OLD);
    Files.writeString(folder.resolve("answer"), repository.toString());
    maven = Files.writeString(folder.resolve("mvn"), MAVEN);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void touch(Path file, FileTime time) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, time);
  }

  private void touchArtifacts(FileTime time) throws IOException {
    for (String file : FILES) {
      touch(repository.resolve("dev/nommu").resolve(file), time);
    }
  }

  private Console console() {
    PrintStream stream =
        new PrintStream(said, true, UTF_8) {
          @Override
          public void print(String text) {
            super.print(text);
            if (text.contains("waiting for another process")) {
              waiting.countDown();
            }
          }
        };
    return new Console(
        InputStream.nullInputStream(), stream, stream, Palette.NONE, Console.Progress.DROPPED);
  }

  private Installation installation() {
    return new Installation(project, "1", new Maven(maven.toString()));
  }

  private void provide() throws CommandException, InterruptedException {
    installation().provide(folder, console());
  }

  private List<String> calls() throws IOException {
    Path calls = folder.resolve("mvn.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  @Test
  void artifactsThatAreNewer_areUsed() throws Exception {
    touchArtifacts(NEW);
    provide();
    assertThat(calls()).isEmpty();
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void artifactsThatAreMissing_areInstalledWhereMavenLooksForThem() throws Exception {
    provide();
    assertThat(calls())
        .singleElement()
        .asString()
        .startsWith(project.toRealPath() + " ")
        .contains("-Dmaven.repo.local=" + repository + " ")
        .endsWith(" install");
    assertThat(said.toString(UTF_8))
        .isEqualTo(
            "nommu: installing its artifacts in %s\nBuilding nommu api 1 [1/2]\n"
                .formatted(repository));
    provide();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void artifactThatIsOlderThanTheProgram_isInstalledAnew() throws Exception {
    touchArtifacts(NEW);
    touch(project.resolve("cli/target/built-by-launcher"), NEWER);
    provide();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void bomThatIsMissing_isInstalled() throws Exception {
    touchArtifacts(NEW);
    Files.delete(repository.resolve("dev/nommu").resolve(FILES.getFirst()));
    provide();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void failureOfMaven_isToldWithItsReason() throws Exception {
    Files.createFile(folder.resolve("mvn.fails"));
    assertThatThrownBy(this::provide)
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "nommu plugin new: its artifacts cannot be installed: Failed to execute goal: no room"
                + " -> [Help 1]");
  }

  @Test
  void repositoryThatMavenDoesNotTell_isNotGuessed() throws Exception {
    Files.delete(folder.resolve("answer"));
    assertThatThrownBy(this::provide)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("does not report its local repository");
    assertThat(calls()).isEmpty();
  }

  @Test
  void projectWhoseInstallationFails_isNotThere() throws Exception {
    Files.createFile(folder.resolve("mvn.fails"));
    Path plugin = folder.resolve("my-part");
    assertThatThrownBy(() -> makePlugin(plugin)).isInstanceOf(CommandException.class);
    assertThat(plugin).doesNotExist();
    Files.delete(folder.resolve("mvn.fails"));
    makePlugin(plugin);
    assertThat(plugin.resolve("pom.xml")).exists();
  }

  private void makePlugin(Path plugin) throws Exception {
    PluginNewCommand command = new PluginNewCommand(console(), "1", Optional.of(installation()));
    new CommandLine(command).parseArgs(plugin.toString());
    command.call();
  }

  /** The other process holds the lock until its input ends; meanwhile it has installed them. */
  @Test
  void secondProcess_waitsAndUsesWhatTheFirstHasInstalled() throws Exception {
    Process first = startHolder();
    assertThat(first.getInputStream().read()).isEqualTo('L');
    FutureTask<Void> second =
        new FutureTask<>(() -> {
          provide();
          return null;
        });
    new Thread(second).start();
    waiting.await();
    assertThat(second.isDone()).isFalse();
    touchArtifacts(NEW);
    first.getOutputStream().close();
    second.get();
    assertThat(calls()).isEmpty();
  }

  private Process startHolder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Holder.class.getName(),
            project.resolve("cli/target/install.lock").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Holds a lock until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] file) throws IOException {
      try (FileChannel channel =
          FileChannel.open(Path.of(file[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.print('L');
        System.out.flush();
        System.in.readAllBytes();
      }
    }
  }

  @Test
  void realMaven_saysWhereTheRepositoryIs() throws Exception {
    Files.createDirectories(folder.resolve("tree/.mvn"));
    Path place = Files.createDirectories(folder.resolve("tree/plugins"));
    Files.writeString(
        folder.resolve("tree/.mvn/maven.config"), "-Dmaven.repo.local=" + repository + "\n");
    assumeThat(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "mvn")));
    assertThat(new Maven("mvn").localRepository(place)).isEqualTo(repository);
  }
}
