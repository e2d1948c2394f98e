package dev.nommu.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    Files.createFile(project.resolve("pom.xml"));
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
    ProcessBuilder builder =
        new ProcessBuilder(project.resolve("nommu").toString(), "run", "a file")
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
    builder.environment().put("CALLS", calls.toString());
    for (String name : environment) {
      builder.environment().put(name, "yes");
    }
    return builder.start();
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
