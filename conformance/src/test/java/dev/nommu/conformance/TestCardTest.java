package dev.nommu.conformance;

import static dev.nommu.chardevfb.TestCard.component;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.Profile;
import dev.nommu.chardevfb.PictureComparison;
import dev.nommu.chardevfb.TestCard;
import dev.nommu.junit.Guest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A test card, drawn through a mapping by one task and read by another, through its own mapping and
 * through its descriptor, in each pixel format.
 */
class TestCardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "r5g6b5",
        "r5g5b5a1",
        "x1r5g5b5",
        "a1r5g5b5",
        "r8g8b8",
        "x8r8g8b8",
        "a8r8g8b8",
        "x8b8g8r8",
        "a8b8g8r8",
        "x2r10g10b10",
        "a2r10g10b10"
      })
  void simpleFrameBuffer_isSeenByAnotherTask(String name) throws IOException {
    NamedFormat format = new NamedFormat(name);
    try (TestMachine machine = simple(name)) {
      ScreenUser artist = artist(machine);
      draw(artist, format.bits(), format);
      assertSeen(name, machine);
    }
  }

  /** The memory is painted by the processor of the machine. */
  @Test
  void simpleFrameBuffer_paintedByAProgramInC_isSeenByATask() throws Exception {
    try (TestMachine machine = simple("r5g6b5")) {
      Guest.install(machine.machine(), getClass(), "card.c").run().exitedWith(0);
      assertSeen("r5g6b5", machine);
    }
  }

  private static TestMachine simple(String format) throws IOException {
    String node =
        """
        screen@90000000 {
          compatible = "simple-framebuffer"; reg = <0x90000000 0x8000>;
          width = <96>; height = <64>; stride = <404>; format = "%s";
        };
        """
            .formatted(format);
    return TestMachine.boot(Profile.DOCUMENT, "", node);
  }

  /** Rule FB-13 says where the components are. */
  @ParameterizedTest
  @CsvSource({"vfb-16, b5g6r5", "vfb-24, b8g8r8", "vfb-32, a8b8g8r8"})
  void fb13_virtualTrueColour_isSeenByAnotherTask(String card, String name) throws IOException {
    NamedFormat format = new NamedFormat(name);
    try (TestMachine machine = virtual(format.bits())) {
      draw(artist(machine), format.bits(), format);
      assertSeen(card, machine);
    }
  }

  @Test
  void fb13_virtualPalette_isSeenByAnotherTask() throws IOException {
    try (TestMachine machine = virtual(8)) {
      ScreenUser artist = artist(machine);
      putColours(artist);
      draw(
          artist,
          8,
          (x, y) ->
              component(x, y, 0) >> 13 << 5
                  | component(x, y, 1) >> 13 << 2
                  | component(x, y, 2) >> 14);
      assertSeen("vfb-8", machine);
    }
  }

  @Test
  void fb13_virtualMonochrome_isSeenByAnotherTask() throws IOException {
    try (TestMachine machine = virtual(1)) {
      draw(artist(machine), 1, (x, y) -> luminance(x, y) >= 0x8000 ? 0 : 1);
      assertSeen("vfb-1", machine);
    }
  }

  /** The picture is the same whichever kernel the machine is, and whoever drew it is gone. */
  @Test
  void linux612_showsWhatATaskThatIsGoneHasDrawn() throws IOException {
    NamedFormat format = new NamedFormat("a8b8g8r8");
    try (TestMachine machine = virtual(format.bits(), Profile.LINUX_6_12)) {
      ScreenUser artist = artist(machine);
      draw(artist, format.bits(), format);
      artist.task().exit();
      assertSeen("vfb-32", machine);
    }
  }

  private static TestMachine virtual(int bits) throws IOException {
    return virtual(bits, Profile.DOCUMENT);
  }

  private static TestMachine virtual(int bits, Profile profile) throws IOException {
    return TestMachine.boot(
        profile, "vfb.vfb_enable=1 vfb.videomemorysize=65536 vfb.mode_option=96x64-" + bits, "");
  }

  private static ScreenUser artist(TestMachine machine) throws IOException {
    return ScreenUser.start(machine, PROT_READ | PROT_WRITE);
  }

  private static void draw(ScreenUser artist, int bits, IntBinaryOperator pixel)
      throws IOException {
    TestCard.draw(artist.pixels(), artist.lineLength(), bits, pixel);
  }

  private static int luminance(int x, int y) {
    return (77 * component(x, y, 0) + 151 * component(x, y, 1) + 28 * component(x, y, 2)) >> 8;
  }

  /** Sets a colour map with three bits of red, three of green and two of blue. */
  private static void putColours(ScreenUser artist) throws IOException {
    MemorySegment argument = artist.arguments();
    int bytes = 256 * Short.BYTES;
    long red = artist.argument() + bytes;
    ValueLayout.OfLong word = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    argument.set(word, 0, 256L << 32); // start 0, len 256
    argument.set(word, 8, red);
    argument.set(word, 16, red + bytes);
    argument.set(word, 24, red + 2L * bytes);
    for (int index = 0; index < 256; index++) {
      putComponent(argument, bytes, index, (index >> 5) * 0xffff / 7);
      putComponent(argument, 2L * bytes, index, (index >> 2 & 7) * 0xffff / 7);
      putComponent(argument, 3L * bytes, index, (index & 3) * 0xffff / 3);
    }
    artist.ioctl(ScreenUser.FBIOPUTCMAP);
  }

  private static void putComponent(MemorySegment memory, long array, int index, int value) {
    ValueLayout.OfShort component =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    memory.set(component, array + (long) index * Short.BYTES, (short) value);
  }

  private static void assertSeen(String card, TestMachine machine) throws IOException {
    ScreenUser reader = ScreenUser.start(machine, PROT_READ);
    PictureComparison.assertSamePicture(
        TestCard.shownIn(card),
        reader.pictureThroughMapping(),
        Path.of("target/cards", card + "-mapping"));
    PictureComparison.assertSamePicture(
        TestCard.shownIn(card),
        reader.pictureThroughFile(),
        Path.of("target/cards", card + "-file"));
  }
}
