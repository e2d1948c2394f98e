package dev.nommu.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code image ls} and {@code image cat}. */
final class ImageLsCommandTest {
  private static final Path BOARDS = Path.of("..", "boards", "oracle");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "romfs.img, 0",
    "phram.bin, 0",
    "rom.bin, 0",
    "nor.bin, 0x100000",
    "cramfs.img, 0",
    "nor.bin, 0",
    "rom.bin, 1M"
  })
  void eachImageOfTheRecordedMachine_holdsTheFilesItWasMadeOf(String image, String offset)
      throws Exception {
    Run run = Run.of("image", "ls", "-l", "--offset", offset, BOARDS.resolve(image));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).hasSize(10).first().asString().endsWith(" /");
    Path files = BOARDS.resolve("ext2.d");
    for (String name : new String[] {"big.bin", "comp.bin", "empty", "mixed.bin", "small.txt"}) {
      String size = Long.toString(Files.size(files.resolve(name)));
      assertThat(run.out().lines())
          .anySatisfy(
              line -> assertThat(line).startsWith("-rw-r--r--").endsWith(size + " /" + name));
    }
    assertThat(run.out()).containsPattern("(?m)^-rwxr-xr-x +0 +0 +8192 /prog$");
  }

  @Test
  void romfs14_everyKindIsShownAsLsShowsIt() throws Exception {
    Path image =
        new RomfsBuilder()
            .node(0x40, 0x80, RomfsBuilder.CHARACTER, 5 << 16 | 1, "console", "")
            .node(0x80, 0xc0, RomfsBuilder.BLOCK, 31 << 16 | 300, "mtd", "")
            .node(0xc0, 0x100, RomfsBuilder.FIFO, 0, "pipe", "")
            .node(0x100, 0x140, RomfsBuilder.LINK, 0, "sh", "busybox")
            .node(0x140, 0x200, RomfsBuilder.DIRECTORY | 8, 0x180, "etc", "")
            .node(0x180, 0, RomfsBuilder.REGULAR, 0, "passwd", "root")
            .node(0x200, 0, RomfsBuilder.REGULAR | 8, 0, "init", "#!")
            .writeTo(directory.resolve("image"));
    assertThat(Run.of("image", "ls", "-l", image).out().lines())
        .containsExactly(
            "drw-r--r--     0     0         32 /",
            "crw-------     0     0     5,   1 /console",
            "brw-------     0     0    31, 300 /mtd",
            "prw-r--r--     0     0          0 /pipe",
            "lrwxrwxrwx     0     0          7 /sh -> busybox",
            "drwxr-xr-x     0     0         32 /etc",
            "-rw-r--r--     0     0          4 /etc/passwd",
            "-rwxr-xr-x     0     0          2 /init");
    assertThat(Run.of("image", "ls", "-l", image, "etc/").out().lines())
        .containsExactly(
            "drwxr-xr-x     0     0         32 /etc",
            "-rw-r--r--     0     0          4 /etc/passwd");
    assertThat(Run.of("image", "ls", image, "etc/").out().lines())
        .containsExactly("/etc", "/etc/passwd");
    assertThat(Run.of("image", "ls", image, "/etc/./passwd").out()).hasLineCount(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pipe_isNotWaitedFor() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (String command : new String[] {"ls", "check"}) {
      Run run = Run.of("image", command, pipe);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(pipe + ": expected an image, found a pipe");
    }
  }

  @Test
  void namesThatCouldSteerATerminal_areShownInOctal() throws Exception {
    Path image =
        new RomfsBuilder()
            .node(0x40, 0, RomfsBuilder.LINK, 0, "a\u001b[31m\nb", "\\\u0007")
            .writeTo(directory.resolve("image"));
    Run run = Run.of("image", "ls", "-l", image);
    assertThat(run.out()).contains("/a\\033[31m\\012b -> \\134\\007\n").hasLineCount(2);
  }

  @Test
  void treeThatIsDeeperThanAnyPath_isListedWithTheEndsOfItsPaths() throws Exception {
    int levels = 1500;
    RomfsBuilder romfs = new RomfsBuilder();
    for (int at = 0x40; at < 0x40 + levels * 0x20; at += 0x20) {
      romfs.node(at, 0, RomfsBuilder.DIRECTORY, at + 0x20, "directory", "");
    }
    romfs.node(0x40 + levels * 0x20, 0, RomfsBuilder.FIFO, 0, "pipe", "");
    Path image = romfs.writeTo(directory.resolve("image"));
    Run run = Run.of("image", "ls", image);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(levels + 2);
    assertThat(run.out().lines().filter(line -> line.startsWith("...")))
        .hasSize(levels + 1 - 4095 / "/directory".length())
        .allMatch(line -> line.length() < 260);
    assertThat(run.out()).endsWith("/directory/directory/pipe\n").contains("\n.../directory/");
  }

  @Test
  void whatComesBeforeADamagedLink_isListed() throws Exception {
    Path image =
        new RomfsBuilder()
            .node(0x40, 0x60, RomfsBuilder.FIFO, 0, "pipe", "")
            .node(0x60, 0, RomfsBuilder.LINK, 0, "link", "")
            .writeTo(directory.resolve("image"));
    assertThat(Run.of("image", "ls", image).out()).isEqualTo("/\n/pipe\n/link\n");
    Run run = Run.of("image", "ls", "-l", image);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("/pipe\n").hasLineCount(2);
    assertThat(run.err()).contains("symbolic link at 0x60: expected a path of 1 to 4095 bytes");
  }

  @Test
  void directoryOfAnImage_isListedWithAllBelowItAndNothingBeside() throws Exception {
    Path image =
        new RomfsBuilder()
            .node(0x40, 0xa0, RomfsBuilder.DIRECTORY, 0x60, "bin", "")
            .node(0x60, 0, RomfsBuilder.DIRECTORY, 0x80, "sub", "")
            .node(0x80, 0, RomfsBuilder.FIFO, 0, "pipe", "")
            .node(0xa0, 0, RomfsBuilder.FIFO, 0, "bins", "")
            .writeTo(directory.resolve("image"));
    assertThat(Run.of("image", "ls", image, "bin/").out())
        .isEqualTo("/bin\n/bin/sub\n/bin/sub/pipe\n");
  }

  @Test
  void pathThatIsNotThere_isAMistake() {
    Run run = Run.of("image", "ls", BOARDS.resolve("romfs.img"), "/etc");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("romfs.img: there is no /etc in it").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ram.bin, 'expected an image of romfs', 1",
    "nothing.img, 'no such file or directory', 2",
    "ext2.d, 'expected an image, found a directory', 2",
  })
  void whatIsNoImage_isSaidInOneLine(String file, String message, int exitCode) {
    for (String command : new String[] {"ls", "check"}) {
      Run run = Run.of("image", command, BOARDS.resolve(file));
      assertThat(run.exitCode()).as(command).isEqualTo(exitCode);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("nommu image " + command).contains(message).hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0x", "-1", "4096x", "1T", "''"})
  void offsetThatIsNoNumber_isAMistake(String offset) {
    Run run = Run.of("image", "ls", "--offset=" + offset, BOARDS.resolve("rom.bin"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("expected a number of bytes such as 4096, 0x1000 or 4K");
  }

  @Test
  void partOfAFile_liesInTheFile() {
    Path rom = BOARDS.resolve("rom.bin");
    Run behind = Run.of("image", "ls", "--offset", "4M", rom);
    assertThat(behind.exitCode()).isEqualTo(2);
    assertThat(behind.err()).contains("at 0x400000, found a file of 4194304 bytes");
    Run tooLong = Run.of("image", "ls", "--offset", "1M", "--size", "0x300001", rom);
    assertThat(tooLong.exitCode()).isEqualTo(2);
    assertThat(tooLong.err()).contains("expected an image of 3145729 bytes or more at 0x100000");
    assertThat(Run.of("image", "ls", "--offset", "1M", "--size", "3M", rom).exitCode()).isZero();
  }

  @Test
  void truncatedImage_isSaidInOneLine() throws Exception {
    byte[] whole = Files.readAllBytes(BOARDS.resolve("cramfs.img"));
    Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, 0x1000));
    Run run = Run.of("image", "cat", cut, "/big.bin");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("nommu image cat: " + cut).contains("expected", "found");
    assertThat(run.err()).hasLineCount(1);
  }
}
