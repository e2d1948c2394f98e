package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.Protection;
import dev.nommu.api.Sharing;
import dev.nommu.fixtures.FakeMachine;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The character device of RAM and ROM. */
class MtdFileTest {
  private static final long BASE = 0x2220_0000L;
  private static final long SIZE = 0x100000;
  private static final FirmwareNode ROM =
      Chips.device("rom@22200000", "mtd-rom", BASE, SIZE).with("erase-size", 0x10000L);
  private static final FirmwareNode RAM =
      Chips.device("ram@22200000", "mtd-ram", BASE, SIZE).with("erase-size", 0x10000L);

  private static MtdFile rom(Profile profile) throws ErrnoException {
    return new FakeMachine(profile)
        .boot(new MtdDriver(), ROM)
        .open("mtd0", AccessMode.READ, MtdFile.class);
  }

  private static MtdFile ram() throws ErrnoException {
    return new FakeMachine()
        .boot(new MtdDriver(), RAM)
        .open("mtd0", AccessMode.READ_WRITE, MtdFile.class);
  }

  private static MapRequest request(long offset, long length, Sharing sharing) {
    return MapRequest.of(offset, length, Set.of(Protection.READ), sharing);
  }

  @Test
  void mtd03_openOfRomForWriting_isEacces() throws ErrnoException {
    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), ROM);

    assertErrno(Errno.EACCES, () -> machine.open("mtd0", AccessMode.READ_WRITE, MtdFile.class));
    assertErrno(Errno.EACCES, () -> machine.open("mtd0", AccessMode.WRITE, MtdFile.class));
  }

  @Test
  void mtd03_openOfTheReadOnlyNodeForWriting_isEacces() throws ErrnoException {
    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), RAM);

    assertErrno(Errno.EACCES, () -> machine.open("mtd0ro", AccessMode.WRITE, MtdFile.class));
    assertThat(Texts.read(machine.open("mtd0ro", AccessMode.READ, MtdFile.class), 0, 1))
        .isEqualTo("\0");
  }

  @Test
  void mtd05_readIsClippedAtTheEnd() throws ErrnoException {
    assertThat(Texts.read(ram(), SIZE - 3, 16)).hasSize(3);
    assertThat(Texts.read(ram(), SIZE, 16)).isEmpty();
    assertThat(Texts.read(ram(), Long.MAX_VALUE, 16)).isEmpty();
  }

  @Test
  void mtd06_writeIsClippedAtTheEndAndThereEnospc() throws ErrnoException {
    MtdFile file = ram();

    assertThat(file.write(Texts.bytes("abcdef"), SIZE - 4)).isEqualTo(4);
    assertThat(Texts.read(file, SIZE - 4, 16)).isEqualTo("abcd");
    assertErrno(Errno.ENOSPC, () -> file.write(Texts.bytes("a"), SIZE));
  }

  @Test
  void bdi07_ramIsMappedForAnythingRomNotForWriting() throws ErrnoException {
    assertThat(ram().backingDeviceInfo()).contains(BackingDeviceInfo.MEMORY);
    assertThat(rom(Profile.DOCUMENT).backingDeviceInfo()).contains(BackingDeviceInfo.ROM);
  }

  @Test
  void mtd10_sharedMapIsAtTheDevicesAddress() throws ErrnoException {
    MtdFile file = rom(Profile.LINUX_6_12);

    assertThat(place(file, request(0x1000, 0x2000, Sharing.SHARED))).isEqualTo(BASE + 0x1000);
    assertThat(place(file, request(0xff000, 0x1000, Sharing.SHARED))).isEqualTo(BASE + 0xff000);
  }

  private static long place(MtdFile file, MapRequest request) throws ErrnoException {
    return ((Placement.Pointed) file.getUnmappedArea(request)).range().address();
  }

  @Test
  void mtd10_mapPastTheEnd_isEinval() throws ErrnoException {
    MtdFile file = rom(Profile.LINUX_6_12);

    assertErrno(Errno.EINVAL, () -> file.getUnmappedArea(request(0xff000, 0x2000, Sharing.SHARED)));
    assertErrno(
        Errno.EINVAL, () -> file.getUnmappedArea(request(0x100000, 0x1000, Sharing.SHARED)));
    assertErrno(Errno.EINVAL, () -> file.getUnmappedArea(request(0, 0x200000, Sharing.SHARED)));
  }

  @Test
  void mtd11_privateMapIsEaccesIn612AndDirectInTheDocument() throws ErrnoException {
    MapRequest request = request(0x1000, 0x1000, Sharing.PRIVATE);

    assertErrno(Errno.EACCES, () -> rom(Profile.LINUX_6_12).mmap(request, BASE + 0x1000));
    assertThat(rom(Profile.DOCUMENT).mmap(request, BASE + 0x1000)).isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void mtd11_sharedMapIsGranted() throws ErrnoException {
    MapRequest request = request(0x1000, 0x1000, Sharing.SHARED);

    assertThat(rom(Profile.LINUX_6_12).mmap(request, BASE + 0x1000)).isEqualTo(Consent.ACCEPTED);
  }

  @Test
  void mtd15_eraseOfRamFillsWithOnes() throws ErrnoException {
    FakeMachine machine = new FakeMachine().boot(new MtdDriver(), RAM);
    MtdFile file = machine.open("mtd0", AccessMode.READ_WRITE, MtdFile.class);
    file.write(Texts.bytes("abcd"), 0);
    machine.user().set(ValueLayout.JAVA_INT, 0, 1);
    machine.user().set(ValueLayout.JAVA_INT, 4, 2);

    assertThat(file.ioctl(0x40084d02, FakeMachine.USER, machine.userMemory())).isZero();
    assertThat(Texts.read(file, 0, 4)).isEqualTo("a\377\377d");
  }
}
