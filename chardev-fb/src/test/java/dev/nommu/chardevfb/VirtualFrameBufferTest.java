package dev.nommu.chardevfb;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakePages;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualFrameBufferTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 4, MONO01",
    "1, 1, 4, MONO01",
    "2, 8, 20, PSEUDOCOLOR",
    "8, 8, 20, PSEUDOCOLOR",
    "9, 16, 36, TRUECOLOR",
    "16, 16, 36, TRUECOLOR",
    "17, 24, 52, TRUECOLOR",
    "25, 32, 68, TRUECOLOR",
    "32, 32, 68, TRUECOLOR"
  })
  void fb13_depth_isRoundedUpAndLinesTo32Bits(int asked, int bits, long lineLength, Visual visual)
      throws ErrnoException {
    FrameBuffer screen = screen("64x64-8");
    VariableScreenInfo mode = screen.setMode(mode(17, 8, asked, BitField.NONE));
    assertThat(mode.format().bitsPerPixel()).isEqualTo(bits);
    assertThat(screen.fixed().lineLength()).isEqualTo(lineLength);
    assertThat(screen.fixed().visual()).isEqualTo(visual);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 64, -1})
  void fb13_depthAbove32_isEinval(int bits) throws ErrnoException {
    FrameBuffer screen = screen("64x64-8");
    assertErrno(Errno.EINVAL, () -> screen.setMode(mode(16, 16, bits, BitField.NONE)));
  }

  @Test
  void fb13_sixteenBits_areRgb565() throws ErrnoException {
    PixelFormat format = screen("64x64-8").setMode(mode(16, 16, 16, BitField.NONE)).format();
    assertThat(format.red()).isEqualTo(BitField.of(0, 5));
    assertThat(format.green()).isEqualTo(BitField.of(5, 6));
    assertThat(format.blue()).isEqualTo(BitField.of(11, 5));
    assertThat(format.transp()).isEqualTo(BitField.NONE);
  }

  @Test
  void fb13_sixteenBitsWithTransparency_areRgba5551() throws ErrnoException {
    PixelFormat format = screen("64x64-8").setMode(mode(16, 16, 16, BitField.of(0, 1))).format();
    assertThat(format.green()).isEqualTo(BitField.of(5, 5));
    assertThat(format.blue()).isEqualTo(BitField.of(10, 5));
    assertThat(format.transp()).isEqualTo(BitField.of(15, 1));
  }

  @Test
  void fb13_virtualSize_growsToHoldTheScreenWhereItLooks() throws ErrnoException {
    VariableScreenInfo wanted =
        VariableScreenInfo.of(new ScreenGeometry(32, 16, 8, 8, 10, 20), format(8, BitField.NONE));
    assertThat(screen("64x64-8").setMode(wanted).geometry())
        .isEqualTo(new ScreenGeometry(32, 16, 42, 36, 10, 20));
  }

  @Test
  void fb13_modeThatFillsTheMemory_isSet() throws ErrnoException {
    FrameBuffer screen = screen("64x64-8");
    screen.setMode(mode(128, 128, 32, BitField.NONE));
    assertThat(screen.mode().geometry().yres()).isEqualTo(128);
  }

  @ParameterizedTest
  @CsvSource({"128, 129", "129, 128", "500000000, 8", "8, 500000000"})
  void fb13_modeLargerThanTheMemory_isEnomem(long xres, long yres) throws ErrnoException {
    FrameBuffer screen = screen("64x64-8");
    VariableScreenInfo wanted =
        VariableScreenInfo.of(
            new ScreenGeometry(8, 8, xres, yres, 0, 0), format(32, BitField.NONE));
    VariableScreenInfo before = screen.mode();
    assertErrno(Errno.ENOMEM, () -> screen.setMode(wanted));
    assertThat(screen.mode()).isEqualTo(before);
  }

  @Test
  void fb13_hugeOffset_isEnomem() throws ErrnoException {
    FrameBuffer screen = screen("64x64-8");
    VariableScreenInfo wanted =
        VariableScreenInfo.of(
            new ScreenGeometry(8, 8, 8, 8, 0xffff_ffffL, 0xffff_ffffL), format(32, BitField.NONE));
    assertErrno(Errno.ENOMEM, () -> screen.setMode(wanted));
  }

  @Test
  void fb13_wrapWithXoffset_isEinval() throws ErrnoException {
    FrameBuffer screen = screen("64x64-8");
    screen.setMode(
        VariableScreenInfo.of(new ScreenGeometry(32, 32, 64, 64, 0, 0), format(8, BitField.NONE)));
    screen.pan(wrapped(0, 63));
    assertErrno(Errno.EINVAL, () -> screen.pan(wrapped(1, 0)));
    assertErrno(Errno.EINVAL, () -> screen.pan(wrapped(0, 64)));
    assertThat(screen.mode().geometry().yoffset()).isEqualTo(63);
  }

  @Test
  void mapping_liesInThePagesOfTheDriver() throws ErrnoException {
    FakeMachine machine = Screens.virtual("64x64-8");
    MapRequest all = MapRequest.of(0, 65536, Set.of(Protection.READ), Sharing.SHARED);
    Placement place = Screens.open(machine).getUnmappedArea(all);
    assertThat(place).isEqualTo(Placement.at(FakePages.BASE));
    assertThat(machine.open("fb0", FrameBufferFile.class).mmap(all, FakePages.BASE)).isNotNull();
  }

  private static FrameBuffer screen(String mode) throws ErrnoException {
    return Screens.open(Screens.virtual(mode)).frameBuffer();
  }

  private static VariableScreenInfo mode(long xres, long yres, int bits, BitField transp) {
    return VariableScreenInfo.of(ScreenGeometry.of(xres, yres), format(bits, transp));
  }

  private static PixelFormat format(int bits, BitField transp) {
    return PixelFormat.of(bits, BitField.NONE, BitField.NONE, BitField.NONE, transp);
  }

  private static VariableScreenInfo wrapped(long xoffset, long yoffset) {
    return new VariableScreenInfo(
        new ScreenGeometry(0, 0, 0, 0, xoffset, yoffset),
        format(8, BitField.NONE),
        ScreenTraits.DEFAULT,
        new VideoTiming(0, 0, 0, 0, 0, 0, 0, 0, VideoTiming.YWRAP),
        0,
        0);
  }
}
