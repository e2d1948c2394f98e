package dev.nommu.chardevfb;

import static dev.nommu.chardevfb.Screens.ARGUMENT;
import static dev.nommu.chardevfb.Screens.ioctl;
import static dev.nommu.chardevfb.Screens.word;
import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.fixtures.FakeMachine;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourMapTest {
  private static final int GET = 0x4604;
  private static final int PUT = 0x4605;
  private static final long RED = ARGUMENT + 0x1000;
  private static final long GREEN = ARGUMENT + 0x2000;
  private static final long BLUE = ARGUMENT + 0x3000;

  private FakeMachine machine = new FakeMachine();

  @BeforeEach
  void boot() throws ErrnoException {
    machine = Screens.virtual("64x64-8");
  }

  @Test
  void fb14_map_beginsWithTheColoursOfTheConsole() throws ErrnoException {
    request(0, 16);
    ioctl(machine, GET);
    assertThat(colour(0)).containsExactly(0, 0, 0);
    assertThat(colour(1)).containsExactly(0, 0, 0xaaaa);
    assertThat(colour(6)).as("brown").containsExactly(0xaaaa, 0x5555, 0);
    assertThat(colour(7)).containsExactly(0xaaaa, 0xaaaa, 0xaaaa);
    assertThat(colour(12)).containsExactly(0xffff, 0x5555, 0x5555);
    assertThat(colour(15)).containsExactly(0xffff, 0xffff, 0xffff);
  }

  @Test
  void fb14_whatIsPut_isGot() throws ErrnoException {
    request(100, 2);
    colour(0, 0x1234, 0x5678, 0xffff);
    colour(1, 1, 2, 3);
    ioctl(machine, PUT);
    request(99, 3);
    colour(0, 9, 9, 9);
    ioctl(machine, GET);
    assertThat(colour(0)).containsExactly(0, 0, 0);
    assertThat(colour(1)).containsExactly(0x1234, 0x5678, 0xffff);
    assertThat(colour(2)).containsExactly(1, 2, 3);
  }

  @Test
  void fb14_get_beyondTheEnd_isClipped() throws ErrnoException {
    request(255, 2);
    colour(0, 9, 9, 9);
    colour(1, 9, 9, 9);
    ioctl(machine, GET);
    assertThat(colour(0)).containsExactly(0, 0, 0);
    assertThat(colour(1)).containsExactly(9, 9, 9);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "256, 1", "-1, 1"})
  void fb14_get_ofNothing_isEinval(int start, int length) {
    request(start, length);
    assertErrno(Errno.EINVAL, () -> ioctl(machine, GET));
  }

  @Test
  void fb14_get_ofAScreenWithoutMap_isEinval() throws ErrnoException {
    machine = Screens.simple(Profile.DOCUMENT, "r5g6b5", 192);
    request(0, 16);
    assertErrno(Errno.EINVAL, () -> ioctl(machine, GET));
  }

  @ParameterizedTest
  @CsvSource({"0x40000000", "0x7fffffff", "0x80000000", "0xffffffff"})
  void fb14_put_ofTooMany_isE2big(String length) {
    request(0, (int) (long) Long.decode(length));
    assertErrno(Errno.E2BIG, () -> ioctl(machine, PUT));
  }

  @Test
  void fb14_put_ofMoreThanThereIsMemory_isEfault() {
    request(0, 0x3fff_ffff);
    assertErrno(Errno.EFAULT, () -> ioctl(machine, PUT));
  }

  @Test
  void fb14_put_fromANegativeEntry_isEinval() {
    request(-1, 1);
    assertErrno(Errno.EINVAL, () -> ioctl(machine, PUT));
  }

  @Test
  void fb14_put_beyondTheEnd_changesWhatIsThere() throws ErrnoException {
    request(255, 2);
    colour(0, 7, 7, 7);
    ioctl(machine, PUT);
    request(300, 2);
    ioctl(machine, PUT);
    request(255, 1);
    colour(0, 0, 0, 0);
    ioctl(machine, GET);
    assertThat(colour(0)).containsExactly(7, 7, 7);
  }

  @Test
  void fb14_put_ofNothing_isAccepted() throws ErrnoException {
    request(0, 0);
    ioctl(machine, PUT);
    request(1, 1);
    ioctl(machine, GET);
    assertThat(colour(0)).containsExactly(0, 0, 0xaaaa);
  }

  private void request(int start, int length) {
    word(machine, 0, start);
    word(machine, 1, length);
    long[] arrays = {RED, GREEN, BLUE, 0};
    for (int array = 0; array < arrays.length; array++) {
      word(machine, 2 + 2 * array, (int) arrays[array]);
      word(machine, 3 + 2 * array, (int) (arrays[array] >>> 32));
    }
  }

  private int[] colour(int index) throws ErrnoException {
    return new int[] {
      Short.toUnsignedInt(array(RED).getAtIndex(JAVA_SHORT_UNALIGNED, index)),
      Short.toUnsignedInt(array(GREEN).getAtIndex(JAVA_SHORT_UNALIGNED, index)),
      Short.toUnsignedInt(array(BLUE).getAtIndex(JAVA_SHORT_UNALIGNED, index))
    };
  }

  private void colour(int index, int red, int green, int blue) throws ErrnoException {
    array(RED).setAtIndex(JAVA_SHORT_UNALIGNED, index, (short) red);
    array(GREEN).setAtIndex(JAVA_SHORT_UNALIGNED, index, (short) green);
    array(BLUE).setAtIndex(JAVA_SHORT_UNALIGNED, index, (short) blue);
  }

  private MemorySegment array(long address) throws ErrnoException {
    return machine.userMemory().at(address, 0x1000);
  }
}
