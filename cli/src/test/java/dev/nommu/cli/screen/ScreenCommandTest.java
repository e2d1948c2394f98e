package dev.nommu.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.cli.Run;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.Console.Progress;
import dev.nommu.cli.text.Palette;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is expected of the bars is what the scenario says it draws. */
final class ScreenCommandTest {
  private static final Path BARS = Path.of("..", "examples", "colour-bars.txt");
  private static final List<Integer> COLOURS =
      List.of(0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0);

  /** A virtual screen of 16x16 pixels with a colour map, of which the lower half is shown. */
  private static final String PANNED =
      """
      fd = open("/dev/fb0", O_RDWR)
      a = mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, fd, 0)
      ioctl(fd, FBIOPUT_VSCREENINFO, pack("<8I128s", 16, 8, 16, 16, 0, 0, 8, 0, ""))
      fill(a, 1, 16*8)
      fill(a + 16*8, 4, 16*8)
      ioctl(fd, FBIOPUTCMAP, pack("<IIQQQQHHH", 4, 1, 40, 42, 44, 0, 0x1200, 0x3400, 0x5600))
      ioctl(fd, FBIOPAN_DISPLAY, pack("<8I128s", 16, 8, 16, 16, 0, 8, 8, 0, ""))
      """;

  private static final String VIRTUAL_SCREEN =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        chosen { bootargs = "vfb.vfb_enable=1 vfb.videomemorysize=4096 vfb.mode_option=16x16-8"; };
      };
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"document", "linux-6.12"})
  void png_showsWhatTheScenarioDrew(String profile) throws IOException {
    Path png = directory.resolve("bars.png");
    Run run = Run.of("screen", "--profile", profile, "--run", BARS, "--png", png);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(png + ": /dev/fb0, 320x200 pixels\n");
    assertBars(ImageIO.read(png.toFile()));
  }

  @Test
  void board_isTheOneThatIsGiven() throws IOException {
    Path png = directory.resolve("bars.png");
    Run run = Run.of("screen", "--board", Run.recordedBoard(), "--run", BARS, "--png", png);
    assertThat(run.exitCode()).isZero();
    assertBars(ImageIO.read(png.toFile()));
  }

  private static void assertBars(BufferedImage picture) {
    assertThat(picture.getWidth()).isEqualTo(320);
    assertThat(picture.getHeight()).isEqualTo(200);
    for (int x = 0; x < 320; x++) {
      assertThat(picture.getRGB(x, 0) & 0xffffff).isEqualTo(COLOURS.get(x / 40));
      assertThat(picture.getRGB(x, 159) & 0xffffff).isEqualTo(COLOURS.get(x / 40));
      int grey = Math.min(x / 64 * 0x40, 0xff);
      assertThat(picture.getRGB(x, 160) & 0xffffff).isEqualTo(grey * 0x010101);
      assertThat(picture.getRGB(x, 199) & 0xffffff).isEqualTo(grey * 0x010101);
    }
  }

  @Test
  void png_appliesPanningAndTheColourMap() throws IOException {
    Path board = Files.writeString(directory.resolve("board.dts"), VIRTUAL_SCREEN);
    Path session = Files.writeString(directory.resolve("panned.txt"), PANNED);
    Path png = directory.resolve("panned.png");
    Run run = Run.of("screen", "--board", board, "--run", session, "--png", png);
    assertThat(run.err()).isEmpty();
    BufferedImage picture = ImageIO.read(png.toFile());
    assertThat(picture.getWidth()).isEqualTo(16);
    assertThat(picture.getHeight()).isEqualTo(8);
    assertThat(picture.getRGB(0, 0, 16, 8, null, 0, 16)).containsOnly(0xff123456);
  }

  @Test
  void terminal_drawsTwoLinesOfPixelsInOneOfText() {
    StringBuilder line = new StringBuilder();
    for (int colour : COLOURS) {
      String components = "%d;%d;%d".formatted(colour >> 16, colour >> 8 & 0xff, colour & 0xff);
      line.append("\u001b[38;2;%sm\u001b[48;2;%sm\u2580".formatted(components, components));
    }
    line.append("\u001b[0m");
    assertThat(drawn(Map.of(), "--terminal", "--width", "8"))
        .hasSize(3)
        .startsWith(line.toString(), line.toString());
  }

  @Test
  void terminal_isWhereThePictureGoesIfItHasColours() {
    Run run = Run.on(Palette.ANSI, Progress.DROPPED, "screen", "--run", BARS, "--width", 8);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(3);
  }

  @Test
  void noColor_drawsShades() {
    List<String> lines = drawn(Map.of("NO_COLOR", "1", "COLUMNS", "8"), "--terminal");
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).isEqualTo("██▓▒▒░");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many", "99999999999"})
  void columnsThatIsNoWidth_isEighty(String columns) {
    List<String> lines = drawn(Map.of("NO_COLOR", "1", "COLUMNS", columns), "--terminal");
    assertThat(lines).hasSize(25).last().asString().hasSize(80);
  }

  /** Draws the bars with variables of its own, whatever those of this process are. */
  private static List<String> drawn(Map<String, String> environment, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console =
        new Console(InputStream.nullInputStream(), stream, stream, Palette.NONE, Progress.DROPPED);
    List<String> arguments = new ArrayList<>(List.of("--run", BARS.toString()));
    arguments.addAll(List.of(options));
    int exitCode =
        new CommandLine(new ScreenCommand(console, environment))
            .execute(arguments.toArray(String[]::new));
    assertThat(exitCode).isZero();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void help_hasExamplesAndExitCodes() {
    Run run = Run.of("screen", "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Usage: nommu screen", "--board", "--run", "--png", "--terminal")
        .contains("Exit codes:\n  0 ", "Examples:\n  nommu screen");
  }

  @Test
  void noTarget_hasToBeChosenWhereThereIsNoTerminal() {
    assertMistake(Run.of("screen"), "expected --png FILE or --terminal: ");
  }

  @Test
  void bothTargets_areAMistake() {
    Run run = Run.of("screen", "--terminal", "--png", directory.resolve("x.png"));
    assertMistake(run, "expected --png FILE or --terminal, found both");
    assertThat(directory.resolve("x.png")).doesNotExist();
  }

  @Test
  void widthOfNothing_isAMistake() {
    assertMistake(Run.of("screen", "--terminal", "--width", 0), "--width: expected 1 or more");
  }

  private static void assertMistake(Run run, String message) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("nommu screen: " + message, "--help").hasLineCount(2);
  }

  @Test
  void absentFrameBuffer_isToldOnOneLine() {
    Run run = Run.of("screen", "--device", "/dev/fb7", "--terminal");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("nommu screen: /dev/fb7: there is no").hasLineCount(1);
  }

  @Test
  void deviceThatIsNoFrameBuffer_isToldOnOneLine() {
    Run run = Run.of("screen", "--device", "/dev/zero", "--terminal");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("nommu screen: /dev/zero: not a frame buffer\n");
  }

  @Test
  void pictureInThePlaceOfADirectory_isToldOnOneLine() {
    Run run = Run.of("screen", "--png", directory);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith(directory + ": cannot be written: ")
        .doesNotContain("Exception")
        .hasLineCount(1);
  }

  @Test
  void pictureThatCannotBeWritten_isToldOnOneLine() {
    Path png = directory.resolve("none/x.png");
    Run run = Run.of("screen", "--png", png);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo(png + ": cannot be written: there is no such directory\n");
  }

  @Test
  void mistakeInAScenario_isToldBeforeAnythingIsRun() throws IOException {
    Path session = Files.writeString(directory.resolve("wrong.txt"), "opn()\n");
    Path png = directory.resolve("x.png");
    Run run = Run.of("screen", "--run", session, "--png", png);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith(session + ":1:1: expected ").hasLineCount(1);
    assertThat(png).doesNotExist();
  }
}
