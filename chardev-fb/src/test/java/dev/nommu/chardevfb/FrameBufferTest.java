package dev.nommu.chardevfb;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferTest {
  private final FrameBuffer frameBuffer = new FrameBuffer(new FakeScreen(new PanSteps(2, 4, 8)));

  @Test
  void fb09_modeThatIsSet_isReturnedAsItIs() throws ErrnoException {
    assertThat(frameBuffer.setMode(frameBuffer.mode())).isEqualTo(frameBuffer.mode());
  }

  @Test
  void fb09_mode_isSet() throws ErrnoException {
    VariableScreenInfo wanted = mode(new ScreenGeometry(32, 24, 64, 64, 0, 0));
    assertThat(frameBuffer.setMode(wanted)).isEqualTo(wanted);
    assertThat(frameBuffer.mode()).isEqualTo(wanted);
  }

  @Test
  void fb09_modeToBeTested_isOnlyChecked() throws ErrnoException {
    VariableScreenInfo before = frameBuffer.mode();
    VariableScreenInfo wanted = mode(new ScreenGeometry(32, 24, 64, 64, 0, 0));
    VariableScreenInfo test =
        new VariableScreenInfo(
            wanted.geometry(),
            wanted.format(),
            new ScreenTraits(0, 2, -1, -1, 0), // FB_ACTIVATE_TEST
            wanted.timing(),
            0,
            0);
    assertThat(frameBuffer.setMode(test)).isEqualTo(test);
    assertThat(frameBuffer.mode()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 16, 64, 64", // narrower than 8
    "16, 7, 64, 64", // lower than 8
    "65536, 65536, 0, 0", // product needs 33 bits
    "8, 8, 65536, 65536",
    "8, 8, 4294967295, 4294967295", // product needs 64 bits
    "16, 16, 15, 64", // virtual less than visible
    "16, 16, 64, 15"
  })
  void fb09_sizesOutOfRange_areEinval(long xres, long yres, long xresVirtual, long yresVirtual) {
    VariableScreenInfo before = frameBuffer.mode();
    VariableScreenInfo wanted =
        mode(new ScreenGeometry(xres, yres, xresVirtual, yresVirtual, 0, 0));
    assertErrno(Errno.EINVAL, () -> frameBuffer.setMode(wanted));
    assertThat(frameBuffer.mode()).isEqualTo(before);
  }

  @Test
  void fb09_modeTheDeviceCannotSet_leavesTheOldOne() {
    VariableScreenInfo before = frameBuffer.mode();
    assertErrno(
        Errno.EIO, () -> frameBuffer.setMode(mode(new ScreenGeometry(13, 16, 64, 64, 0, 0))));
    assertThat(frameBuffer.mode()).isEqualTo(before);
  }

  @Test
  void fb10_pan_keepsOffsetsAndWrapAndNothingElse() throws ErrnoException {
    VariableScreenInfo before = frameBuffer.mode();
    frameBuffer.pan(offsets(6, 8, VideoTiming.YWRAP));
    assertThat(frameBuffer.mode().geometry()).isEqualTo(before.geometry().panned(6, 8));
    assertThat(frameBuffer.mode().timing().wraps()).isTrue();
    assertThat(frameBuffer.mode().format()).isEqualTo(before.format());
    frameBuffer.pan(offsets(0, 4, 0));
    assertThat(frameBuffer.mode().timing().wraps()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"48, 48", "0, 48", "48, 0", "2, 4"})
  void fb10_pan_upToTheVirtualSize(long xoffset, long yoffset) throws ErrnoException {
    frameBuffer.pan(offsets(xoffset, yoffset, 0));
    assertThat(frameBuffer.mode().geometry().xoffset()).isEqualTo(xoffset);
    assertThat(frameBuffer.mode().geometry().yoffset()).isEqualTo(yoffset);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", // not a multiple of xpanstep
    "0, 2, 0", // not a multiple of ypanstep
    "0, 4, 256", // not a multiple of ywrapstep
    "50, 0, 0", // beyond the virtual width
    "0, 52, 0", // beyond the virtual height
    "0, 72, 256", // beyond it even when wrapped
    "4294967294, 0, 0",
    "0, 4294967292, 0"
  })
  void fb10_pan_elsewhere_isEinval(long xoffset, long yoffset, int vmode) {
    VariableScreenInfo before = frameBuffer.mode();
    assertErrno(Errno.EINVAL, () -> frameBuffer.pan(offsets(xoffset, yoffset, vmode)));
    assertThat(frameBuffer.mode()).isEqualTo(before);
  }

  @Test
  void fb08_blank_isGivenToTheDevice() throws ErrnoException {
    FakeScreen screen = new FakeScreen(PanSteps.NONE);
    FrameBuffer blankable = new FrameBuffer(screen);
    for (long number = 0; number <= 4; number++) {
      blankable.blank(number);
    }
    assertThat(screen.blanked()).containsExactly(Blanking.values());
  }

  @ParameterizedTest
  @ValueSource(longs = {5, -1, 0x1_0000_0000L})
  void fb08_blankOutOfRange_isEinval(long number) {
    assertErrno(Errno.EINVAL, () -> frameBuffer.blank(number));
  }

  @Test
  void fb10_wrap_mayBeginOnAnyLine() throws ErrnoException {
    frameBuffer.pan(offsets(0, 56, VideoTiming.YWRAP));
    assertThat(frameBuffer.mode().geometry().yoffset()).isEqualTo(56);
  }

  @ParameterizedTest
  @CsvSource({"2, 0, 0", "0, 4, 0", "0, 8, 256"})
  void fb10_panWithoutSteps_isEinval(long xoffset, long yoffset, int vmode) {
    FrameBuffer rigid = new FrameBuffer(new FakeScreen(PanSteps.NONE));
    assertErrno(Errno.EINVAL, () -> rigid.pan(offsets(xoffset, yoffset, vmode)));
  }

  private static VariableScreenInfo mode(ScreenGeometry geometry) {
    return VariableScreenInfo.of(geometry, FakeScreen.GREY);
  }

  private static VariableScreenInfo offsets(long xoffset, long yoffset, int vmode) {
    return new VariableScreenInfo(
        new ScreenGeometry(0, 0, 0, 0, xoffset, yoffset),
        FakeScreen.GREY,
        ScreenTraits.DEFAULT,
        new VideoTiming(0, 0, 0, 0, 0, 0, 0, 0, vmode),
        0,
        0);
  }
}
