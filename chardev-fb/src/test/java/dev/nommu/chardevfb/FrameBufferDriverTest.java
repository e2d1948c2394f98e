package dev.nommu.chardevfb;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceDriver;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.DeviceRegion;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeMachine;
import dev.nommu.fixtures.FakeNode;
import dev.nommu.fixtures.FakePages;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferDriverTest {
  private static final Pattern COMPONENT = Pattern.compile("([rgbax])(\\d+)");

  private final FakeMachine machine = new FakeMachine();
  private final FrameBufferDriver driver = new FrameBufferDriver();

  @Test
  void driver_isFoundAsService() {
    assertThat(ServiceLoader.load(DeviceDriver.class).stream().map(ServiceLoader.Provider::type))
        .contains(FrameBufferDriver.class);
  }

  @Test
  void deviceDrivers_areFoundAsServices() {
    assertThat(ServiceLoader.load(FrameBufferDeviceDriver.class))
        .extracting(FrameBufferDeviceDriver::name)
        .contains("simple-framebuffer", "vfb");
    assertThat(driver.compatible()).contains("simple-framebuffer");
  }

  @Test
  void nodeThatNoDeviceDriverKnows_isEnodev() {
    FakeNode node = Screens.node("r5g6b5", 192).withCompatible("acme,screen");
    assertErrno(Errno.ENODEV, () -> driver.probe(node, machine));
  }

  @Test
  void deviceDriverWithoutNodes_isEnodev() {
    FakeNode node = Screens.node("r5g6b5", 192);
    assertErrno(Errno.ENODEV, () -> new VirtualFrameBufferDriver().probe(node, machine));
  }

  @Test
  void fb01_numbersWithoutFrameBuffer_areEnodev() throws ErrnoException {
    driver.init(machine);
    assertThat(machine.regions())
        .containsExactly(
            new DeviceRegion(
                DeviceFile.Kind.CHARACTER, "fb", new DeviceNumber(29, 0), 256, Errno.ENODEV));
  }

  @Test
  void fb01_frameBuffers_areNumberedInTheOrderTheyCome() throws ErrnoException {
    FakeMachine both =
        new FakeMachine()
            .with("vfb.vfb_enable", "1")
            .with("vfb.videomemorysize", "0x10000")
            .with("vfb.mode_option", "64x64");
    driver.probe(Screens.node("r5g6b5", 192), both);
    driver.init(both);
    assertThat(both.numbers())
        .isEqualTo(Map.of("fb0", new DeviceNumber(29, 0), "fb1", new DeviceNumber(29, 1)));
    assertThat(both.procFiles().get("fb").get()).isEqualTo("0 simple\n1 Virtual FB\n");
  }

  @Test
  void fb01_frameBuffer33_isEnxio() throws ErrnoException {
    for (int number = 0; number < 32; number++) {
      driver.probe(screenAt(number), machine);
    }
    assertErrno(Errno.ENXIO, () -> driver.probe(screenAt(32), machine));
    assertThat(machine.characterDevices()).hasSize(32).containsKey("fb31");
  }

  @Test
  void procFb_isEmptyWithoutFrameBuffers() throws ErrnoException {
    driver.init(machine);
    assertThat(machine.characterDevices()).isEmpty();
    assertThat(machine.procFiles().get("fb").get()).isEmpty();
  }

  @Test
  void simple_takesWhatTheNodeSays() throws ErrnoException {
    driver.probe(Screens.node("a8b8g8r8", 400), machine);
    FrameBuffer screen = Screens.open(machine).frameBuffer();
    assertThat(screen.mode().geometry()).isEqualTo(ScreenGeometry.of(96, 64));
    assertThat(screen.fixed().lineLength()).isEqualTo(400);
    assertThat(screen.fixed().memory()).isEqualTo(new AddressRange(0x8780_0000L, 0x8000));
  }

  @ParameterizedTest
  @FieldSource("dev.nommu.chardevfb.SimpleFormat#ALL")
  void simple_format_isMadeUpAsItsNameSays(SimpleFormat format) {
    PixelFormat pixels = format.pixels();
    Map<String, BitField> fields = new HashMap<>();
    int end = pixels.bitsPerPixel();
    for (MatchResult part : COMPONENT.matcher(format.id()).results().toList()) {
      int length = Integer.parseInt(part.group(2));
      end -= length;
      fields.put(part.group(1), BitField.of(end, length));
    }
    assertThat(end).as("lowest bit").isZero();
    assertThat(pixels.red()).isEqualTo(fields.get("r"));
    assertThat(pixels.green()).isEqualTo(fields.get("g"));
    assertThat(pixels.blue()).isEqualTo(fields.get("b"));
    assertThat(pixels.transp()).isEqualTo(fields.getOrDefault("a", BitField.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"width", "height", "stride", "format"})
  void simple_withoutProperty_isEinval(String property) {
    FakeNode node = Screens.node("r5g6b5", 192).without(property);
    assertErrno(Errno.EINVAL, () -> driver.probe(node, machine));
    assertThat(machine.windows()).isEmpty();
  }

  @Test
  void simple_withoutReg_isEinval() {
    FakeNode node = Screens.node("r5g6b5", 192).withReg();
    assertErrno(Errno.EINVAL, () -> driver.probe(node, machine));
  }

  @Test
  void simple_withUnknownFormat_isEinval() {
    FakeNode node = Screens.node("yuv", 192);
    assertErrno(Errno.EINVAL, () -> driver.probe(node, machine));
  }

  @ParameterizedTest
  @CsvSource({
    "96, 64, 191",
    "96, 171, 192",
    "0, 64, 192",
    "96, 0, 192",
    "96, 64, 0",
    "4294967295, 64, 4294967295",
    "8, 4294967295, 4294967295"
  })
  void simple_pictureThatDoesNotFit_isEinval(long width, long height, long stride) {
    FakeNode node =
        Screens.node("r5g6b5", 192)
            .with("width", width)
            .with("height", height)
            .with("stride", stride);
    assertErrno(Errno.EINVAL, () -> driver.probe(node, machine));
    assertThat(machine.windows()).isEmpty();
  }

  @Test
  void simple_whereMemoryIsTaken_isEbusy() throws ErrnoException {
    driver.probe(Screens.node("r5g6b5", 192), machine);
    assertErrno(Errno.EBUSY, () -> driver.probe(Screens.node("r5g6b5", 192), machine));
    driver.init(machine);
    assertThat(machine.procFiles().get("fb").get()).isEqualTo("0 simple\n");
  }

  @ParameterizedTest
  @CsvSource({
    "vfb.videomemorysize, 4095, ENOMEM", // less than the mode needs
    "vfb.videomemorysize, 4194305, ENOMEM", // more than the longest run
    "vfb.videomemorysize, 9223372036854775807, ENOMEM"
  })
  void vfb_sizeThatIsNotThere_isRefused(String name, String value, Errno errno) {
    FakeMachine wrong =
        new FakeMachine(Profile.DOCUMENT, new FakePages(2048))
            .with("vfb.vfb_enable", "1")
            .with("vfb.mode_option", "64x64")
            .with("vfb.videomemorysize", "4096")
            .with(name, value);
    assertErrno(errno, () -> driver.init(wrong));
    assertThat(wrong.characterDevices()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "vfb.vfb_enable, maybe",
    "vfb.videomemorysize, 1M",
    "vfb.videomemorysize, 0",
    "vfb.videomemorysize, -1",
    "vfb.mode_option, 0x0-8",
    "vfb.mode_option, big",
    "vfb.mode_option, 64x64-33"
  })
  void board11_valueThatCannotBe_isToldAndTheOneBeforeHolds(String name, String value)
      throws ErrnoException {
    FakeMachine wrong =
        new FakeMachine()
            .with("vfb.vfb_enable", "1")
            .with("vfb.mode_option", "64x64")
            .with("vfb.videomemorysize", "4096")
            .with(name, value);
    driver.init(wrong);
    assertThat(wrong.ignoredParameters()).containsExactly(name + "=" + value);
    assertThat(wrong.characterDevices()).containsKey("fb0");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "y, true", "on, true", "'', true", "0, false", "n, false"})
  void vfb_enable_isRead(String value, boolean there) throws ErrnoException {
    FakeMachine asked =
        new FakeMachine()
            .with("vfb.vfb_enable", "0")
            .with("vfb.vfb_enable", value)
            .with("vfb.videomemorysize", "4096")
            .with("vfb.mode_option", "64x64");
    driver.init(asked);
    assertThat(asked.characterDevices().containsKey("fb0")).isEqualTo(there);
  }

  @Test
  void vfb_withoutParameters_needsOneMebibyte() throws ErrnoException {
    FakeMachine asked =
        new FakeMachine(Profile.DOCUMENT, new FakePages(255)).with("vfb.vfb_enable", "1");
    assertErrno(Errno.ENOMEM, () -> driver.init(asked));
    VfbParameters defaults = VfbParameters.of(machine);
    assertThat(defaults)
        .isEqualTo(new VfbParameters(false, 1 << 20, ScreenGeometry.of(640, 480), 8));
  }

  private static FakeNode screenAt(int number) {
    return Screens.node("r5g6b5", 192).withReg(new AddressRange(0x8000L * (number + 1), 0x8000));
  }
}
