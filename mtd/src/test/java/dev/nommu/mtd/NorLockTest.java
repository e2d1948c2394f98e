package dev.nommu.mtd;

import static dev.nommu.fixtures.Errnos.assertErrno;
import static dev.nommu.mtd.NorMachine.AMD;
import static dev.nommu.mtd.NorMachine.BLOCK;
import static dev.nommu.mtd.NorMachine.INTEL;
import static dev.nommu.mtd.NorMachine.MEMERASE;
import static dev.nommu.mtd.NorMachine.MEMGETINFO;
import static dev.nommu.mtd.NorMachine.MEMISLOCKED;
import static dev.nommu.mtd.NorMachine.MEMLOCK;
import static dev.nommu.mtd.NorMachine.MEMUNLOCK;
import static dev.nommu.mtd.NorMachine.P30;
import static dev.nommu.mtd.NorMachine.SIZE;
import static dev.nommu.mtd.NorMachine.flash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The locks of the blocks of NOR flash, from the character device down to the chips. */
class NorLockTest {
  private final NorMachine nor = new NorMachine();

  @BeforeEach
  void bootIntel() throws ErrnoException {
    nor.boot(flash(INTEL));
  }

  @Test
  void flash07_lockedBlock_isErofs() throws ErrnoException {
    nor.ioctl(MEMLOCK, BLOCK, BLOCK);

    assertThat(nor.ioctl(MEMISLOCKED, BLOCK, BLOCK)).isEqualTo(1);
    assertThat(nor.ioctl(MEMISLOCKED, 0, BLOCK)).isZero();
    assertErrno(Errno.EROFS, () -> nor.write("a", BLOCK));
    assertErrno(Errno.EROFS, () -> nor.ioctl(MEMERASE, BLOCK, BLOCK));
    nor.write("a", 0);
    nor.ioctl(MEMUNLOCK, BLOCK, BLOCK);
    nor.write("a", BLOCK);
  }

  @Test
  void mtd09_locksOfAPartitionAreThoseOfItsBlocks() throws ErrnoException {
    nor.boot(
        flash(INTEL)
            .withChildren(
                Chips.table(Chips.part("a", 0, BLOCK), Chips.part("b", BLOCK, SIZE - BLOCK))));
    MtdFile first = nor.file();
    nor.open("mtd1", AccessMode.READ_WRITE);
    nor.ioctl(MEMLOCK, BLOCK, BLOCK);

    assertThat(nor.ioctl(MEMISLOCKED, BLOCK, BLOCK)).isEqualTo(1);
    assertThat(nor.ioctl(MEMISLOCKED, 0, BLOCK)).isZero();
    assertErrno(Errno.EROFS, () -> nor.write("a", BLOCK));
    nor.write("a", 0);
    assertThat(first.write(Texts.bytes("a"), 0)).isEqualTo(1);
  }

  @Test
  void mtd09_lockOfARangePastTheEndOrNotOfBlocks_isEinval() {
    assertErrno(Errno.EINVAL, () -> nor.ioctl(MEMLOCK, SIZE, BLOCK));
    assertErrno(Errno.EINVAL, () -> nor.ioctl(MEMLOCK, 1, BLOCK));
    assertErrno(Errno.EINVAL, () -> nor.ioctl(MEMISLOCKED, 1, BLOCK));
  }

  @Test
  void mtd09_amdLocks_areEopnotsupp() throws ErrnoException {
    nor.boot(flash(AMD));

    assertErrno(Errno.EOPNOTSUPP, () -> nor.ioctl(MEMUNLOCK, 0, BLOCK));
  }

  @Test
  void mtd01_chipsThatPowerUpLockedSayItAndAreUnlockedAtBoot() throws ErrnoException {
    nor.boot(flash(P30));
    nor.ioctl(MEMGETINFO);

    assertThat(nor.word(4)).isEqualTo(0x2c00);
    assertThat(nor.ioctl(MEMISLOCKED, 0, SIZE)).isZero();
    nor.write("a", BLOCK);
  }

  @Test
  void mtd16_readOnlyPartitionOfChipsThatPowerUpLockedStaysLocked() throws ErrnoException {
    nor.bootReadOnly(
        flash(P30)
            .withChildren(
                Chips.table(
                    Chips.part("boot", 0, BLOCK).with("read-only", true),
                    Chips.part("rest", BLOCK, SIZE - BLOCK))));

    assertThat(nor.ioctl(MEMISLOCKED, 0, BLOCK)).isEqualTo(1);
  }

  @Test
  void mtdblk07_lockedBlock_isEioOfTheBlockDevice() throws ErrnoException {
    nor.ioctl(MEMLOCK, 0, BLOCK);
    nor.machine().blockDevices().get("mtdblock0").write(Texts.bytes("a"), 0);

    assertErrno(Errno.EIO, () -> nor.machine().blockDevices().get("mtdblock0").flush());
  }
}
