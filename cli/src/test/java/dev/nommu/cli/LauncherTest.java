package dev.nommu.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that starts the command, with a JDK and a Maven that only tell how they are called.
 */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      for argument; do
        case $argument in
          -XX:AOTCacheOutput=*)
            echo trained >>"$CALLS"
            echo noise
            [ -n "${TRAINING_FAILS:-}" ] || echo classes >"${argument#*=}"
            exit
            ;;
        esac
      done
      echo "java $*"
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      echo built >>"$CALLS"
      echo '[INFO] Building nommu cli [1/1]'
      echo '[ERROR] /src/Main.java:[1,2] expected'
      while [ -e "$CALLS.hold" ]; do sleep 0.1; done
      [ -z "${BUILD_FAILS:-}" ] || exit 1
      mkdir -p cli/target/lib
      : >cli/target/lib/nommu.jar
      """;

  @TempDir private Path folder;

  private Path project;
  private Path calls;

  @BeforeEach
  void install() throws IOException {
    project = Files.createDirectory(folder.resolve("a project"));
    calls = Files.createFile(folder.resolve("calls"));
    script(project.resolve("nommu"), Files.readString(Path.of("../nommu")));
    Files.writeString(project.resolve("pom.xml"), "<module>cli</module>\n");
    script(folder.resolve("jdk/bin/java"), JAVA);
    script(folder.resolve("jdk/bin/javac"), "");
    script(folder.resolve("bin/mvn"), MAVEN);
    release("25.0.1");
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void release(String version) throws IOException {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private Process start(String... environment) throws IOException {
    return builder(environment).start();
  }

  private ProcessBuilder builder(String... environment) {
    ProcessBuilder builder =
        new ProcessBuilder(project.resolve("nommu").toString(), "run", "a file")
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
    builder.environment().put("CALLS", calls.toString());
    for (String name : environment) {
      builder.environment().put(name, "yes");
    }
    return builder;
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private List<String> callsAfter(String... environment) throws Exception {
    Process process = start(environment);
    assertThat(output(process)).startsWith("java -XX").endsWith(" run a file\n").hasLineCount(1);
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(calls);
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(project.resolve("cli/target"))) {
      return files.filter(file -> file.toString().contains(".aot")).toList();
    }
  }

  @Test
  void firstRun_buildsAndTrains_andNoOtherDoes() throws Exception {
    assertThat(callsAfter()).containsExactly("built", "trained");
    assertThat(callsAfter()).containsExactly("built", "trained");
    assertThat(folder.resolve("errors")).isEmptyFile();
  }

  @Test
  void sourceOfARoom_isBuiltAgain_andAProjectBesideTheRoomsIsNot() throws Exception {
    callsAfter();
    FileTime later = FileTime.from(Instant.now().plusSeconds(60));
    for (String name : List.of("my-plugin/pom.xml", "my-plugin/src/main/Plugin.java")) {
      Path file = project.resolve(name);
      Files.createDirectories(file.getParent());
      Files.setLastModifiedTime(Files.createFile(file), later);
    }
    assertThat(callsAfter()).hasSize(2);
    Path source = Files.createDirectories(project.resolve("cli/src/main")).resolve("Main.java");
    Files.setLastModifiedTime(Files.createFile(source), later);
    assertThat(callsAfter()).contains("built").hasSizeGreaterThan(2);
  }

  /** Two jars with one module cannot be on a module path. */
  @Test
  void jarOfAnotherVersion_isGoneAfterABuild() throws Exception {
    Path lib = Files.createDirectories(project.resolve("cli/target/lib"));
    Path old = Files.createFile(lib.resolve("nommu-api-0.1.0.jar"));
    callsAfter();
    assertThat(old).doesNotExist();
    assertThat(lib.resolve("nommu.jar")).exists();
  }

  @Test
  void jarThatIsNewerThanTheCache_isTrainedAnew() throws Exception {
    callsAfter();
    Files.setLastModifiedTime(caches().getFirst(), FileTime.fromMillis(0));
    assertThat(callsAfter()).containsExactly("built", "trained", "trained");
    assertThat(callsAfter()).hasSize(3);
  }

  @Test
  void anotherReleaseOfTheJdk_isTrainedAnew_andTheOldCacheGoes() throws Exception {
    callsAfter();
    release("25.0.2");
    assertThat(callsAfter()).containsExactly("built", "trained", "trained");
    assertThat(caches()).hasSize(1);
  }

  @Test
  void trainingThatFails_isSilent_andNotTriedAgain() throws Exception {
    callsAfter("TRAINING_FAILS");
    assertThat(callsAfter("TRAINING_FAILS")).containsExactly("built", "trained");
    assertThat(folder.resolve("errors")).isEmptyFile();
  }

  @Test
  void severalAtOnce_buildAndTrainOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start());
    }
    for (Process process : processes) {
      assertThat(output(process)).startsWith("java -XX");
      assertThat(process.waitFor()).isZero();
    }
    assertThat(calls).hasContent("built\ntrained");
  }

  private void assertLockIsNobodys(String owner) throws Exception {
    Path lock = Files.createDirectories(project.resolve("cli/target")).resolve("build.lock");
    Files.createSymbolicLink(lock, Path.of(owner));
    Process process = start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(owner).isTrue();
      assertThat(output(process)).startsWith("java -XX");
      assertThat(lock).doesNotExist();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void lockOfAProcessThatIsNoMore_isSwept() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    assertLockIsNobodys(Long.toString(gone.pid()));
  }

  @Test
  void lockOfAProcessThatIsNoLauncher_isSwept() throws Exception {
    assertLockIsNobodys(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void lockOfALauncherWhoseNumberAnotherProcessHasNow_isSwept() throws Exception {
    assertLockIsNobodys(ProcessHandle.current().pid() + "@17");
  }

  @Test
  void lockThatIsNoLink_isTold() throws Exception {
    Path target = Files.createDirectories(project.resolve("cli/target"));
    Files.createFile(target.resolve("build.lock"));
    Process process = start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(70);
      assertThat(folder.resolve("errors")).content().contains("build.lock is not the link");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  @Timeout(60)
  void launcherThatWaits_saysForWhom() throws Exception {
    Path hold = Files.createFile(Path.of(calls + ".hold"));
    Process first = start();
    try {
      while (!Files.exists(project.resolve("cli/target/build.log"))) {
        Thread.onSpinWait();
      }
      Process second = builder().redirectError(ProcessBuilder.Redirect.PIPE).start();
      assertThat(second.errorReader().readLine())
          .isEqualTo(
              "nommu: waiting for process %d, which is building it: %s names it"
                  .formatted(first.pid(), project.toRealPath().resolve("cli/target/build.lock")));
      Files.delete(hold);
      assertThat(output(second)).startsWith("java -XX");
      assertThat(calls).hasContent("built\ntrained");
    } finally {
      Files.deleteIfExists(hold);
      first.waitFor();
    }
  }

  @Test
  void buildThatFails_isStatus70_withItsErrorsAndItsLog() throws Exception {
    Process process = start("BUILD_FAILS");
    assertThat(output(process)).isEmpty();
    assertThat(process.waitFor()).isEqualTo(70);
    assertThat(folder.resolve("errors"))
        .content()
        .contains("Building nommu cli", "/src/Main.java:[1,2] expected", "target/build.log");
    assertThat(Files.readAllLines(calls)).containsExactly("built");
  }
}
