package dev.nommu.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erase leaves flash chips in status mode (FLASH-08), and /dev/mem pins nothing. */
final class RunSanitizeTest {
  private static final String SESSION =
      """
      fd = open("/dev/mtd2", O_RDWR)
      m = open("/dev/mem", O_RDWR)
      a = mmap(NULL, 4096, PROT_READ, MAP_SHARED, m, 0x20000000)
      ioctl(fd, MEMUNLOCK, pack("<II", 0x40000, 0x40000))
      ioctl(fd, MEMERASE, pack("<II", 0x40000, 0x40000))
      peek(a, 4)
      peek(a, 2)
      pread(fd, 4, 0x40000)
      peek(a, 4)
      """;

  @TempDir private Path directory;
  private Path session;

  @BeforeEach
  void writeSession() throws IOException {
    session = Files.writeString(directory.resolve("session.txt"), SESSION);
  }

  private static Run run(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    System.arraycopy(new Object[] {"run", "--board", Run.recordedBoard()}, 0, all, 0, 3);
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Run.of(all);
  }

  @Test
  void flash08_statusRead_isToldOnTheErrorStreamWithTheLinesOfAccessAndMapping() {
    Run run = run("--sanitize", session);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .containsSubsequence(
            "status read through a mapping",
            "4 bytes at 0x20000000",
            "80 00 80 00",
            "/dev/mem",
            "accessed by",
            "session.txt:6",
            "mapped by",
            "session.txt:3",
            "2 bytes at 0x20000000",
            "session.txt:7");
    assertThat(run.err()).doesNotContain("session.txt:9");
  }

  @Test
  void eachKindOfFinding_isToldWithTheLinesOfBothSides() throws IOException {
    Path session =
        Files.writeString(
            directory.resolve("wrong.txt"),
            """
            fd = open("/dev/null", O_RDONLY)
            close(fd)
            close(fd)
            a = mmap(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0)
            poke(a+8191, "xyz")
            munmap(a, 8192)
            peek(a, 4)
            """);
    Run run = run("--sanitize", session);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .containsSubsequence("double close", "closed again by init[1]", "wrong.txt:3")
        .containsSubsequence("closed by init[1]", "wrong.txt:2", "instead: ")
        .containsSubsequence("stray store", "2 bytes at 0x", "wrong.txt:5", "wrong.txt:4")
        .containsSubsequence("use after munmap", "4 bytes at 0x", "wrong.txt:7", "wrong.txt:6");
  }

  @Test
  void whatIsLeft_isToldWhenTheMachineHasEnded() throws IOException {
    Path session =
        Files.writeString(
            directory.resolve("leak.txt"),
            """
            id = shmget(IPC_PRIVATE, 4096, 0600)
            a = shmat(id, 0, 0)
            """);
    Run run = run("--profile", "document", "--sanitize", session);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .containsSubsequence(
            "leak", "segment 0 of 4096 bytes", "is left", "taken by process 1", "leak.txt:1");
  }

  @Test
  void flash02_transcriptIsTheSameWithoutSanitizer() {
    Run plain = run(session);
    assertThat(plain.err()).isEmpty();
    assertThat(plain.out()).contains("peek(a, 4) = \"\\200\\0\\200\\0\"");
    assertThat(run("--sanitize", session).out()).isEqualTo(plain.out());
  }
}
