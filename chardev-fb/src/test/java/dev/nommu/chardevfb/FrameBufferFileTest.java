package dev.nommu.chardevfb;

import static dev.nommu.chardevfb.Screens.ARGUMENT;
import static dev.nommu.chardevfb.Screens.ioctl;
import static dev.nommu.chardevfb.Screens.word;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakeMachine;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferFileTest {
  private static final long START = 0x8780_0000L;

  @Test
  void fb03_file_givesNoInformationSoTheDefaultHolds() throws ErrnoException {
    FrameBufferFile file = Screens.open(simple(Profile.DOCUMENT));
    assertThat(file.backingDeviceInfo()).isEmpty();
  }

  @Test
  void fb_deviceWithItsOwnInformation_isAsked() {
    FrameBufferFile file = withoutOperation(Profile.DOCUMENT);
    assertThat(file.backingDeviceInfo()).contains(BackingDeviceInfo.MEMORY);
  }

  @Test
  void fb_core_declinesWhereTheDeviceHasNoGetUnmappedArea() throws ErrnoException {
    assertThat(withoutOperation(Profile.DOCUMENT).getUnmappedArea(request(0, 4096)))
        .isEqualTo(Placement.DECLINED);
  }

  @Test
  void fb02_coreOfLinux612_answersForEveryDevice() throws ErrnoException {
    assertThat(withoutOperation(Profile.LINUX_6_12).getUnmappedArea(request(0, 4096)))
        .isEqualTo(Placement.at(0x1000));
  }

  @Test
  void fb06_document_mapsAtAnOffset() throws ErrnoException {
    FrameBufferFile file = Screens.open(simple(Profile.DOCUMENT));
    assertThat(mapped(file, request(0x1000, 0x1000))).isEqualTo(START + 0x1000);
    assertThat(mapped(file, request(0, 0x8000))).isEqualTo(START);
  }

  /** The refusals in the recording 34-fb, at the same places relative to the end. */
  @ParameterizedTest
  @CsvSource({"0x1000, 0x1000", "0x1000, 0x8000", "0, 0x9000", "0x8000, 0x1000"})
  void fb05_linux612_refusesAllButOffsetZero(String offset, String length) throws ErrnoException {
    FrameBufferFile file = Screens.open(simple(Profile.LINUX_6_12));
    assertErrno(
        Errno.EINVAL, () -> mapped(file, request(Long.decode(offset), Long.decode(length))));
  }

  @Test
  void fb05_linux612_mapsAllFromOffsetZero() throws ErrnoException {
    FrameBufferFile file = Screens.open(simple(Profile.LINUX_6_12));
    assertThat(mapped(file, request(0, 0x8000))).isEqualTo(START);
  }

  @Test
  void fb05_linux612_consentsToAPartOfARegionThatIsThere() throws ErrnoException {
    FrameBufferFile file = Screens.open(simple(Profile.LINUX_6_12));
    assertThat(file.mmap(request(0x1000, 0x1000), START + 0x1000)).isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void fb07_whatIsWritten_isReadAndMapped() throws ErrnoException {
    FakeMachine machine = simple(Profile.DOCUMENT);
    FrameBufferFile file = Screens.open(machine);
    byte[] text = "pixels".getBytes(StandardCharsets.US_ASCII);
    assertThat(file.write(MemorySegment.ofArray(text), 5)).isEqualTo(6);
    byte[] back = new byte[6];
    assertThat(file.read(MemorySegment.ofArray(back), 5)).isEqualTo(6);
    assertThat(back).isEqualTo(text);
    MemorySegment memory = Screens.memory(machine);
    assertThat(memory.asSlice(5, 6).mismatch(MemorySegment.ofArray(text))).isEqualTo(-1);
  }

  @Test
  void fb12_variableScreenInfo_hasItsLayout() throws ErrnoException {
    FakeMachine machine = simple(Profile.DOCUMENT);
    poison(machine);
    ioctl(machine, 0x4600);
    assertThat(words(machine, 0, 8)).containsExactly(96, 64, 96, 64, 0, 0, 32, 0);
    assertThat(words(machine, 8, 12)).containsExactly(16, 8, 0, 8, 8, 0, 0, 8, 0, 24, 8, 0);
    assertThat(words(machine, 20, 5)).containsExactly(0, 0, -1, -1, 0);
    assertThat(words(machine, 25, 15)).containsOnly(0);
    assertThat(word(machine, 40)).as("beyond the structure").isEqualTo(-2);
  }

  @Test
  void fb11_fixedScreenInfo_hasItsLayout() throws ErrnoException {
    FakeMachine machine = simple(Profile.DOCUMENT);
    poison(machine);
    ioctl(machine, 0x4602);
    byte[] id = new byte[16];
    machine.userMemory().at(ARGUMENT, 16).asByteBuffer().get(id);
    assertThat(new String(id, StandardCharsets.US_ASCII)).isEqualTo("simple" + "\0".repeat(10));
    assertThat(words(machine, 4, 2)).as("smem_start").containsExactly((int) START, 0);
    assertThat(words(machine, 6, 4)).as("len, type, aux, visual").containsExactly(0x8000, 0, 0, 2);
    assertThat(words(machine, 10, 2)).as("steps").containsExactly(0, 0);
    assertThat(word(machine, 12)).as("line_length").isEqualTo(400);
    assertThat(words(machine, 13, 7)).as("no registers").containsOnly(0);
    assertThat(word(machine, 20)).as("beyond the structure").isEqualTo(-2);
  }

  @Test
  void fb11_longId_isCutAndEndsWithZero() {
    MemorySegment structure = MemorySegment.ofArray(new byte[80]);
    AddressRange memory = new AddressRange(0x1000, 0x1000);
    new FixedScreenInfo("a name of 24 characters.", memory, Visual.TRUECOLOR, PanSteps.NONE, 64)
        .write(structure);
    assertThat(structure.getString(0)).isEqualTo("a name of 24 ch");
  }

  @Test
  void fb11_stepsAndVisualOfTheVirtualScreen() throws ErrnoException {
    FakeMachine machine = Screens.virtual("64x64-8");
    ioctl(machine, 0x4602);
    assertThat(word(machine, 9)).as("pseudocolor").isEqualTo(3);
    assertThat(words(machine, 10, 2)).as("1, 1, 1").containsExactly(0x1_0001, 1);
  }

  @Test
  void fb09_deviceWithOneMode_takesAnyWishForIt() throws ErrnoException {
    FakeMachine machine = simple(Profile.DOCUMENT);
    poison(machine);
    ioctl(machine, 0x4601);
    assertThat(words(machine, 0, 2)).containsExactly(96, 64);
  }

  @Test
  void fb09_adjustedMode_isCopiedBack() throws ErrnoException {
    FakeMachine machine = Screens.virtual("64x64-8");
    ioctl(machine, 0x4600);
    word(machine, 6, 15);
    ioctl(machine, 0x4601);
    assertThat(word(machine, 6)).isEqualTo(16);
    assertThat(Screens.open(machine).frameBuffer().mode().format().bitsPerPixel()).isEqualTo(16);
  }

  @Test
  void fb10_panDisplay_pans() throws ErrnoException {
    FakeMachine machine = Screens.virtual("64x64-8");
    ioctl(machine, 0x4600);
    word(machine, 3, 128);
    ioctl(machine, 0x4601);
    word(machine, 5, 33);
    ioctl(machine, 0x4606);
    assertThat(Screens.open(machine).frameBuffer().mode().geometry().yoffset()).isEqualTo(33);
  }

  @Test
  void fb10_deviceThatCannotPan_isEinval() throws ErrnoException {
    FakeMachine machine = simple(Profile.DOCUMENT);
    ioctl(machine, 0x4600);
    assertErrno(Errno.EINVAL, () -> ioctl(machine, 0x4606));
  }

  @Test
  void fb08_cursor_isEinval() throws ErrnoException {
    FakeMachine machine = Screens.virtual("64x64-8");
    assertErrno(Errno.EINVAL, () -> ioctl(machine, 0xc068_4608));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 4, 5})
  void fb08_blankWithoutOperation_isEinval(long level) throws ErrnoException {
    FakeMachine machine = Screens.virtual("64x64-8");
    FrameBufferFile file = Screens.open(machine);
    assertErrno(Errno.EINVAL, () -> file.ioctl(0x4611, level, machine.userMemory()));
  }

  @Test
  void fb08_blank_takesItsArgumentAsTheLevel() throws ErrnoException {
    FakeScreen screen = new FakeScreen(PanSteps.NONE);
    FrameBufferFile file = new FrameBufferFile(new FrameBuffer(screen), Profile.DOCUMENT);
    assertThat(file.ioctl(0x4611, 4, new FakeMachine().userMemory())).isZero();
    assertThat(screen.blanked()).containsExactly(Blanking.POWERDOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x460f, 0x4610})
  void fb08_consoleMap_isAcceptedWithoutConsole(int command) throws ErrnoException {
    FrameBufferFile file = Screens.open(simple(Profile.DOCUMENT));
    assertThat(file.ioctl(command, 0, simple(Profile.DOCUMENT).physicalMemory())).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x4603, 0x4612, 0x5401, 0})
  void fb08_unknownCommand_isEnotty(int command) throws ErrnoException {
    FakeMachine machine = simple(Profile.DOCUMENT);
    assertErrno(Errno.ENOTTY, () -> ioctl(machine, command));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x4600, 0x4601, 0x4602, 0x4604, 0x4605, 0x4606})
  void fb08_badPointer_isEfault(int command) throws ErrnoException {
    FakeMachine machine = simple(Profile.DOCUMENT);
    FrameBufferFile file = Screens.open(machine);
    assertErrno(Errno.EFAULT, () -> file.ioctl(command, 16, machine.userMemory()));
  }

  @ParameterizedTest
  @EnumSource
  void fb05_consent_isTheSameInBothProfiles(Profile profile) throws ErrnoException {
    FrameBufferFile file = Screens.open(simple(profile));
    assertErrno(Errno.EINVAL, () -> file.mmap(request(0x1000, 0x1000), START + 1));
  }

  /** Calls the operations in the kernel's order: getUnmappedArea, then mmap. */
  private static long mapped(FrameBufferFile file, MapRequest request) throws ErrnoException {
    Placement.At place = (Placement.At) file.getUnmappedArea(request);
    assertThat(file.mmap(request, place.address())).isInstanceOf(Consent.Accepted.class);
    return place.address();
  }

  private static FakeMachine simple(Profile profile) throws ErrnoException {
    return Screens.simple(profile, "a8r8g8b8", 400);
  }

  private static FrameBufferFile withoutOperation(Profile profile) {
    return new FrameBufferFile(new FrameBuffer(new FakeScreen(PanSteps.NONE)), profile);
  }

  private static void poison(FakeMachine machine) {
    for (int index = 0; index < 64; index++) {
      word(machine, index, -2);
    }
  }

  private static int[] words(FakeMachine machine, int from, int count) {
    int[] words = new int[count];
    for (int index = 0; index < count; index++) {
      words[index] = word(machine, from + index);
    }
    return words;
  }

  private static MapRequest request(long offset, long length) {
    return MapRequest.of(offset, length, Set.of(Protection.READ), Sharing.SHARED);
  }
}
