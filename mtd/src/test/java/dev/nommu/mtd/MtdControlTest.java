package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FirmwareNode;
import dev.nommu.fixtures.FakeMachine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ioctls; their numbers are those printed by a C program that includes mtd/mtd-user.h. */
class MtdControlTest {
  private static final int MEMGETINFO = 0x80204d01;
  private static final int MEMERASE = 0x40084d02;
  private static final int MEMWRITEOOB = 0xc0104d03;
  private static final int MEMREADOOB = 0xc0104d04;
  private static final int MEMLOCK = 0x40084d05;
  private static final int MEMGETREGIONCOUNT = 0x80044d07;
  private static final int MEMGETREGIONINFO = 0xc0104d08;
  private static final int MEMGETBADBLOCK = 0x40084d0b;
  private static final int MEMSETBADBLOCK = 0x40084d0c;
  private static final int ECCGETSTATS = 0x80104d12;
  private static final int MTDFILEMODE = 0x4d13;
  private static final int MEMERASE64 = 0x40104d14;
  private static final int MEMISLOCKED = 0x80084d17;
  private static final int SIZE = 0x100000;
  private static final FirmwareNode ROM =
      Chips.device("rom@0", "mtd-rom", 0, SIZE).with("erase-size", 0x10000L);
  private static final FirmwareNode RAM =
      Chips.device("ram@200000", "mtd-ram", 0x200000, SIZE).with("erase-size", 0x10000L);

  private FakeMachine machine;
  private MtdFile rom;
  private MtdFile ram;

  @BeforeEach
  void boot() throws ErrnoException {
    machine = new FakeMachine().with("mtdram.total_size", "256").boot(new MtdDriver(), ROM, RAM);
    rom = machine.open("mtd0", AccessMode.READ, MtdFile.class);
    ram = machine.open("mtd1", AccessMode.READ_WRITE, MtdFile.class);
  }

  private long ioctl(MtdFile file, int command, int... words) throws ErrnoException {
    for (int index = 0; index < words.length; index++) {
      machine.user().set(JAVA_INT, 4L * index, words[index]);
    }
    return file.ioctl(command, FakeMachine.USER, machine.userMemory());
  }

  private int word(long offset) {
    return machine.user().get(JAVA_INT, offset);
  }

  @Test
  void mtd09_memgetinfoOfRomIsAsRecordedInScenario32() throws ErrnoException {
    machine.user().fill((byte) 0x55);

    assertThat(ioctl(rom, MEMGETINFO)).isZero();
    assertThat(word(0) & 0xff).as("type").isEqualTo(2);
    assertThat(word(4)).as("flags").isZero();
    assertThat(word(8)).as("size").isEqualTo(1048576);
    assertThat(word(12)).as("erasesize").isEqualTo(65536);
    assertThat(word(16)).as("writesize").isEqualTo(1);
    assertThat(word(20)).as("oobsize").isZero();
    assertThat(machine.user().get(JAVA_LONG, 24)).as("padding").isZero();
    assertThat(word(32)).as("past the structure").isEqualTo(0x55555555);
  }

  @Test
  void mtd01_ramIsWriteableBitWriteableAndNeedsNoErase() throws ErrnoException {
    ioctl(ram, MEMGETINFO);

    assertThat(word(0)).isEqualTo(1);
    assertThat(word(4)).isEqualTo(0x1c00);
  }

  @Test
  void mtd08_eraseWithoutWriteMode_isEperm() throws ErrnoException {
    MtdFile readOnly = machine.open("mtd1", AccessMode.READ, MtdFile.class);

    assertErrno(Errno.EPERM, () -> ioctl(readOnly, MEMERASE, 0, 0x10000));
    assertErrno(Errno.EPERM, () -> ioctl(readOnly, MEMLOCK, 0, 0x10000));
    assertErrno(Errno.EPERM, () -> ioctl(readOnly, MEMSETBADBLOCK, 0, 0));
  }

  @Test
  void mtd08_eraseOfARangePastTheEnd_isEinval() {
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMERASE, SIZE, 0));
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMERASE, SIZE - 0x10000, 0x10001));
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMERASE, 0, -1));
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMERASE64, 0, 0, -1, -1));
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMERASE64, 0, 1, 0x1000, 0));
  }

  @Test
  void mtd08_eraseOfNothing_isDone() throws ErrnoException {
    assertThat(ioctl(ram, MEMERASE, 3, 0)).isZero();
  }

  @Test
  void mtd08_erase64FillsTheRange() throws ErrnoException {
    ioctl(ram, MEMERASE64, 2, 0, 3, 0);

    assertThat(Texts.read(ram, 0, 6)).isEqualTo("\0\0\377\377\377\0");
  }

  @Test
  void mtd15_eraseOfMtdramThatIsNotAligned_isEinval() throws ErrnoException {
    MtdFile mtdram = machine.open("mtd2", AccessMode.READ_WRITE, MtdFile.class);

    assertErrno(Errno.EINVAL, () -> ioctl(mtdram, MEMERASE, 0x1000, 0x20000));
    assertErrno(Errno.EINVAL, () -> ioctl(mtdram, MEMERASE, 0, 0x1000));
    assertThat(ioctl(mtdram, MEMERASE, 0x20000, 0x20000)).isZero();
  }

  @Test
  void mtd09_locksOfRam_areEopnotsupp() {
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, MEMLOCK, 0, 0x10000));
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, MEMISLOCKED, 0, 0x10000));
  }

  @Test
  void mtd09_regionsOfRam_areNone() throws ErrnoException {
    assertThat(ioctl(ram, MEMGETREGIONCOUNT, -1)).isZero();
    assertThat(word(0)).isZero();
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMGETREGIONINFO, 0, 0, 0, 0));
  }

  @Test
  void mtd09_badBlocks_areNoneAndCannotBeMarked() throws ErrnoException {
    assertThat(ioctl(ram, MEMGETBADBLOCK, 0x10000, 0)).isZero();
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMGETBADBLOCK, SIZE, 0));
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, MEMSETBADBLOCK, SIZE, 0));
  }

  @Test
  void mtd09_outOfBandData_isNotThere() {
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMREADOOB, 0, 4097, 0, 0));
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMREADOOB, 0, 1, 0, 0));
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, MEMREADOOB, 0, 0, 0, 0));
    assertErrno(Errno.EINVAL, () -> ioctl(ram, MEMWRITEOOB, 0, 4097, 0, 0));
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, MEMWRITEOOB, 0, 4096, 0, 0));
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, 0x80c84d0a));
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, 0x81484d11));
  }

  @Test
  void mtd09_oneTimeProgrammableData_isNotThere() throws ErrnoException {
    int select = 0x80044d0d;
    assertThat(ioctl(ram, select, 0)).isZero();
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, select, 1));
    assertErrno(Errno.EOPNOTSUPP, () -> ioctl(ram, select, 2));
    assertErrno(Errno.EINVAL, () -> ioctl(ram, select, 3));
    for (int command : new int[] {0x40044d0e, 0x400c4d0f, 0x800c4d10, 0x400c4d19}) {
      assertErrno(Errno.EINVAL, () -> ioctl(ram, command, 0, 0, 0));
    }
    for (int command : new int[] {0x800c4d10, 0x400c4d19}) {
      assertErrno(Errno.EPERM, () -> ioctl(rom, command, 0, 0, 0));
    }
  }

  @Test
  void mtd09_eccStatistics_areZero() throws ErrnoException {
    assertThat(ioctl(ram, ECCGETSTATS, 1, 2, 3, 4)).isZero();
    assertThat(machine.user().get(JAVA_LONG, 0)).isZero();
    assertThat(machine.user().get(JAVA_LONG, 8)).isZero();
  }

  @Test
  void mtd09_fileModeIsNormalOrRefused() throws ErrnoException {
    assertThat(ram.ioctl(MTDFILEMODE, 0, machine.userMemory())).isZero();
    for (long unsupported = 1; unsupported <= 3; unsupported++) {
      long mode = unsupported;
      assertErrno(Errno.EOPNOTSUPP, () -> ram.ioctl(MTDFILEMODE, mode, machine.userMemory()));
    }
    assertErrno(Errno.EINVAL, () -> ram.ioctl(MTDFILEMODE, 4, machine.userMemory()));
    assertErrno(Errno.EINVAL, () -> ram.ioctl(MTDFILEMODE, -1, machine.userMemory()));
  }

  @Test
  void mtd09_unknownCommand_isEnotty() {
    assertErrno(Errno.ENOTTY, () -> ioctl(ram, 0x4d7f));
    assertErrno(Errno.ENOTTY, () -> ioctl(rom, 0x5401));
  }

  @Test
  void badPointer_isEfault() {
    assertErrno(Errno.EFAULT, () -> ram.ioctl(MEMGETINFO, 0, machine.userMemory()));
  }
}
