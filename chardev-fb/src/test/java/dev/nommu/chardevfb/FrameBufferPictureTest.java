package dev.nommu.chardevfb;

import static dev.nommu.chardevfb.TestCard.HEIGHT;
import static dev.nommu.chardevfb.TestCard.WIDTH;
import static dev.nommu.chardevfb.TestCard.component;
import static dev.nommu.chardevfb.TestCard.scaled;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeMachine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferPictureTest {
  /** The offsets and lengths of red, green, blue and the unused bits. */
  @ParameterizedTest
  @CsvSource({
    "r5g6b5,      16, 11, 5,  5, 6,  0, 5,   0",
    "r5g5b5a1,    16, 11, 5,  6, 5,  1, 5,   1",
    "x1r5g5b5,    16, 10, 5,  5, 5,  0, 5,   0x8000",
    "a1r5g5b5,    16, 10, 5,  5, 5,  0, 5,   0",
    "r8g8b8,      24, 16, 8,  8, 8,  0, 8,   0",
    "x8r8g8b8,    32, 16, 8,  8, 8,  0, 8,   0xa5000000",
    "a8r8g8b8,    32, 16, 8,  8, 8,  0, 8,   0x80000000",
    "x8b8g8r8,    32,  0, 8,  8, 8, 16, 8,   0xa5000000",
    "a8b8g8r8,    32,  0, 8,  8, 8, 16, 8,   0x80000000",
    "x2r10g10b10, 32, 20, 10, 10, 10, 0, 10, 0xc0000000",
    "a2r10g10b10, 32, 20, 10, 10, 10, 0, 10, 0x40000000"
  })
  void simpleFormat_isShownInItsColours(
      String format,
      int bits,
      int red,
      int redBits,
      int green,
      int greenBits,
      int blue,
      int blueBits,
      String rest)
      throws IOException {
    FakeMachine machine = Screens.simple(Profile.DOCUMENT, format, 404);
    int extra = (int) (long) Long.decode(rest);
    TestCard.draw(
        Screens.memory(machine),
        404,
        bits,
        (x, y) ->
            extra
                | scaled(component(x, y, 0), redBits) << red
                | scaled(component(x, y, 1), greenBits) << green
                | scaled(component(x, y, 2), blueBits) << blue);
    assertShows(format, machine);
  }

  @ParameterizedTest
  @CsvSource({"16, 5, 5, 6, 11, 5", "24, 8, 8, 8, 16, 8", "32, 8, 8, 8, 16, 8"})
  void fb13_virtualTrueColour_isShownInItsColours(
      int bits, int redBits, int green, int greenBits, int blue, int blueBits) throws IOException {
    FakeMachine machine = Screens.virtual("96x64-" + bits);
    TestCard.draw(
        Screens.ram(machine),
        lineLength(machine),
        bits,
        (x, y) ->
            scaled(component(x, y, 0), redBits)
                | scaled(component(x, y, 1), greenBits) << green
                | scaled(component(x, y, 2), blueBits) << blue);
    assertShows("vfb-" + bits, machine);
  }

  @Test
  void fb13_virtualPalette_isShownThroughTheColourMap() throws IOException {
    FakeMachine machine = Screens.virtual("96x64-8");
    putColours(machine);
    TestCard.draw(
        Screens.ram(machine),
        lineLength(machine),
        8,
        (x, y) ->
            component(x, y, 0) >> 13 << 5
                | component(x, y, 1) >> 13 << 2
                | component(x, y, 2) >> 14);
    assertShows("vfb-8", machine);
  }

  @Test
  void fb13_virtualMonochrome_showsOnesAsBlack() throws IOException {
    FakeMachine machine = Screens.virtual("96x64-1");
    drawMonochrome(machine);
    assertShows("vfb-1", machine);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 13})
  void panning_showsAnotherPart(int xoffset) throws IOException {
    FakeMachine machine = Screens.virtual("96x64-1");
    drawMonochrome(machine);
    FrameBuffer screen = Screens.open(machine).frameBuffer();
    screen.setMode(
        screen.mode().with(new ScreenGeometry(80, 40, 96, 64, 0, 0), screen.mode().format()));
    screen.pan(at(screen, xoffset, 9, 0));
    assertSame("panned", TestCard.shownIn("vfb-1").getSubimage(xoffset, 9, 80, 40), machine);
  }

  @Test
  void wrapping_showsTheFirstLinesBelowTheLast() throws IOException {
    FakeMachine machine = Screens.virtual("96x64-1");
    drawMonochrome(machine);
    FrameBuffer screen = Screens.open(machine).frameBuffer();
    screen.pan(at(screen, 0, 40, VideoTiming.YWRAP));
    BufferedImage expected = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    BufferedImage card = TestCard.shownIn("vfb-1");
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        expected.setRGB(x, y, card.getRGB(x, (y + 40) % HEIGHT));
      }
    }
    assertSame("wrapped", expected, machine);
  }

  @Test
  void picture_canBeTakenThroughADescriptor() throws IOException {
    FakeMachine machine = Screens.virtual("96x64-1");
    drawMonochrome(machine);
    FrameBufferFile file = Screens.open(machine);
    Picture picture =
        FrameBufferPicture.of(
            (into, position) -> file.read(into, position),
            (command, argument, memory) -> file.ioctl(command, argument, memory));
    PictureComparison.assertSamePicture(
        TestCard.shownIn("vfb-1"), picture, Path.of("target/cards/descriptor"));
  }

  @Test
  void fileThatIsNoFrameBuffer_isEnotty() {
    assertErrno(Errno.ENOTTY, () -> FrameBufferPicture.of(new NullFile()));
  }

  @Test
  void picture_hasTheSizeOfTheScreenAndColoursOf24Bits() throws ErrnoException {
    Picture picture =
        FrameBufferPicture.of(Screens.open(Screens.simple(Profile.DOCUMENT, "a8r8g8b8", 384)));
    assertThat(picture.width()).isEqualTo(96);
    assertThat(picture.height()).isEqualTo(64);
    assertThat(picture.colours()).hasSize(96 * 64).containsOnly(picture.colour(95, 63));
    assertThat(picture.colour(95, 63)).isZero();
  }

  private static void drawMonochrome(FakeMachine machine) throws ErrnoException {
    TestCard.draw(
        Screens.ram(machine),
        lineLength(machine),
        1,
        (x, y) -> {
          int luminance =
              77 * component(x, y, 0) + 151 * component(x, y, 1) + 28 * component(x, y, 2);
          return luminance >> 8 >= 0x8000 ? 0 : 1;
        });
  }

  /** Three bits of red, three of green, two of blue. */
  private static void putColours(FakeMachine machine) throws ErrnoException {
    long red = Screens.ARGUMENT + 0x1000;
    MemorySegment memory = machine.userMemory().at(red, 3 * 512);
    StructureWords words = new StructureWords(memory);
    for (int shift : new int[] {5, 2, 0}) {
      int largest = shift == 0 ? 3 : 7;
      for (int index = 0; index < 256; index += 2) {
        int low = ((index >> shift) & largest) * 0xffff / largest;
        int high = (((index + 1) >> shift) & largest) * 0xffff / largest;
        words.put(high << 16 | low);
      }
    }
    new ColourMapRequest(0, 256, red, red + 512, red + 1024)
        .write(machine.userMemory().at(Screens.ARGUMENT, ColourMapRequest.SIZE));
    Screens.ioctl(machine, FrameBufferFile.FBIOPUTCMAP);
  }

  private static VariableScreenInfo at(FrameBuffer screen, long xoffset, long yoffset, int vmode) {
    VariableScreenInfo mode = screen.mode();
    return new VariableScreenInfo(
        mode.geometry().panned(xoffset, yoffset),
        mode.format(),
        mode.traits(),
        new VideoTiming(0, 0, 0, 0, 0, 0, 0, 0, vmode),
        0,
        0);
  }

  private static long lineLength(FakeMachine machine) throws ErrnoException {
    return Screens.open(machine).frameBuffer().fixed().lineLength();
  }

  private static void assertShows(String name, FakeMachine machine) throws IOException {
    assertSame(name, TestCard.shownIn(name), machine);
  }

  private static void assertSame(String name, BufferedImage expected, FakeMachine machine)
      throws IOException {
    PictureComparison.assertSamePicture(
        expected, FrameBufferPicture.of(Screens.open(machine)), Path.of("target/cards", name));
  }
}
