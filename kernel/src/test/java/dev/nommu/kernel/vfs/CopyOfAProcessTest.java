package dev.nommu.kernel.vfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Copies of host directories in the temporary directory of a process of its own. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class CopyOfAProcessTest {
  private static final long SPARSE = 1L << 30;

  @TempDir Path folder;
  private Path host;
  private Path temporary;

  @BeforeEach
  void makeDirectories() throws Exception {
    host = Files.createDirectory(folder.resolve("host"));
    temporary = Files.createDirectory(folder.resolve("temporary"));
  }

  private Process start(Path temporaryDirectory) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporaryDirectory,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CopyingMachine.class.getName(),
            host.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void hostfs04_sigterm_leavesNoCopy_notEvenOfWhatCannotBeWritten() throws Exception {
    Path below = Files.createDirectories(host.resolve("a/b"));
    Files.writeString(below.resolve("file"), "x");
    Files.setPosixFilePermissions(below, PosixFilePermissions.fromString("r-xr-xr-x"));
    Process process = start(temporary);
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo(CopyingMachine.BOOTED);
      assertThat(temporary).isNotEmptyDirectory();
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void hostfs02_holesOfAFile_areNotCopied() throws Exception {
    try (FileChannel file =
        FileChannel.open(
            host.resolve("sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1}), SPARSE / 2);
      file.write(ByteBuffer.allocate(1), SPARSE - 1);
    }
    Process process = start(temporary);
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo(CopyingMachine.BOOTED);
      assertThat(kibibytesUsed(temporary)).isLessThan(4096);
      process.getOutputStream().close();
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private static long kibibytesUsed(Path directory) throws Exception {
    Process du = new ProcessBuilder("du", "-sk", directory.toString()).start();
    try (BufferedReader said = du.inputReader()) {
      return Long.parseLong(said.readLine().split("\\s")[0]);
    }
  }

  @Test
  void temporaryDirectoryThatIsNotThere_isBlamed() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    Process process = start(nowhere);
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine())
          .contains("there is no place for its copy: " + nowhere + ": no such file or directory");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
