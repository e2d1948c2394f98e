package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.api.Whence;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.SlottedFileSystem;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seek, fsync and fallocate: what a file does itself, and what the kernel does without it. */
final class FileSlotsTest {
  private static final int MS_SYNCHRONOUS = 16;

  @RegisterExtension final Machines machines = new Machines();

  private final SlottedFileSystem files = new SlottedFileSystem();
  private Task task;
  private int bare;
  private int slotted;

  @BeforeEach
  void open() throws Exception {
    task = machines.boot(TestBoard.withMebibytes(16).build(), Profile.DOCUMENT, files).init();
    task.tree().mount("none", "/mnt", "slotted", 0, "");
    bare = task.open("/mnt/bare", OpenFlags.O_RDWR);
    slotted = task.open("/mnt/slotted", OpenFlags.O_RDWR);
  }

  private static MemorySegment bytes(int length) {
    return MemorySegment.ofArray(new byte[length]);
  }

  @ParameterizedTest
  @CsvSource({
    "7, START, 7",
    "1000, START, 1000",
    "3, CURRENT, 13",
    "-10, CURRENT, 0",
    "0, END, 100",
    "-100, END, 0",
    "0, DATA, 0",
    "99, DATA, 99",
    "0, HOLE, 100",
    "99, HOLE, 100"
  })
  void file01_fileWithoutSeek_isDataUpToItsEnd(long offset, Whence whence, long to)
      throws Exception {
    task.lseek(bare, 10, Whence.START);
    assertThat(task.lseek(bare, offset, whence)).isEqualTo(to);
    assertThat(task.lseek(bare, 0, Whence.CURRENT)).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, START, EINVAL",
    "1001, START, EINVAL",
    "-11, CURRENT, EINVAL",
    "9223372036854775807, CURRENT, EINVAL",
    "-101, END, EINVAL",
    "901, END, EINVAL",
    "100, DATA, ENXIO",
    "-1, DATA, ENXIO",
    "100, HOLE, ENXIO"
  })
  void file01_positionThatCannotBe_isRefusedAndThePositionStays(
      long offset, Whence whence, Errno errno) throws Exception {
    task.lseek(bare, 10, Whence.START);
    assertErrno(errno, () -> task.lseek(bare, offset, whence));
    assertThat(task.lseek(bare, 0, Whence.CURRENT)).isEqualTo(10);
  }

  @Test
  void file01_fileWithSeek_saysItsPosition() throws Exception {
    assertThat(task.lseek(slotted, 5, Whence.HOLE)).isEqualTo(42);
    files.seeks = 7;
    assertThat(task.lseek(slotted, -9, Whence.END)).isEqualTo(7);
    assertThat(files.calls).containsExactly("seek 0 5 HOLE", "seek 42 -9 END");
    files.seeks = -1;
    assertErrno(Errno.EIO, () -> task.lseek(slotted, 0, Whence.START));
  }

  @ParameterizedTest
  @CsvSource({"zero, 0, START, 0", "null, 9, END, 0", "full, -9, CURRENT, 0"})
  void file02_memoryDevice_hasNoPositions(String device, long offset, Whence whence, long to)
      throws Exception {
    int file = task.open("/dev/" + device, OpenFlags.O_RDWR);
    assertThat(task.lseek(file, offset, whence)).isEqualTo(to);
  }

  @Test
  void file02_blockDevice_hasPositionsUpToItsEnd() throws Exception {
    int disk = task.open("/dev/ram0", OpenFlags.O_RDWR);
    long end = task.lseek(disk, 0, Whence.END);
    assertThat(end).isPositive();
    assertErrno(Errno.EINVAL, () -> task.lseek(disk, 1, Whence.END));
    assertErrno(Errno.EINVAL, () -> task.lseek(disk, 0, Whence.DATA));
    assertErrno(Errno.ENOSPC, () -> task.write(disk, bytes(1)));
  }

  @Test
  void file02_textAndAddressSpace_haveNoEnd() throws Exception {
    for (String path : new String[] {"/proc/maps", "/dev/mem", "/proc/self/mem"}) {
      int file = task.open(path, OpenFlags.O_RDONLY);
      assertThat(task.lseek(file, 5, Whence.START)).isEqualTo(5);
      assertThat(task.lseek(file, -2, Whence.CURRENT)).isEqualTo(3);
      assertErrno(Errno.EINVAL, () -> task.lseek(file, 0, Whence.END));
    }
  }

  @Test
  void file05_largestSize_boundsWritesAndSizes() throws Exception {
    assertThat(task.pwrite(bare, bytes(30), 990)).isEqualTo(10);
    assertThat(files.calls).containsExactly("write 10 at 990");
    assertErrno(Errno.EFBIG, () -> task.pwrite(bare, bytes(1), 1000));
    assertErrno(Errno.EFBIG, () -> task.ftruncate(bare, 1001));
    task.ftruncate(bare, 1000);
  }

  @Test
  void file10_positionsAndSizesThatCannotBe_areRefusedFirst() throws Exception {
    assertErrno(Errno.EINVAL, () -> task.pread(bare, bytes(8), Long.MAX_VALUE - 7));
    assertErrno(Errno.EINVAL, () -> task.pwrite(bare, bytes(8), Long.MAX_VALUE - 7));
    int directory = task.open("/mnt", OpenFlags.O_RDONLY);
    assertErrno(Errno.EINVAL, () -> task.pread(directory, bytes(8), -1));
    assertErrno(Errno.EINVAL, () -> task.tree().truncate("/mnt", -1));
    assertThat(files.calls).isEmpty();
  }

  @Test
  void file03_fsync_isTheFilesOrEinval() throws Exception {
    task.descriptors().fsync(slotted);
    assertThat(files.calls).containsExactly("fsync");
    assertErrno(Errno.EINVAL, () -> task.descriptors().fsync(bare));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mnt", "/proc", "/proc/maps", "/dev/null", "/dev/zero", "/dev/mem"})
  void file03_fileWithoutFsync_isEinval(String path) throws Exception {
    int file = task.open(path, OpenFlags.O_RDONLY);
    assertErrno(Errno.EINVAL, () -> task.descriptors().fsync(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp", "/tmp/f", "/dev/ram0"})
  void file03_whatIsKeptInMemoryOrOnADisk_canBeSynced(String path) throws Exception {
    task.tree().create("/tmp/f", NewInode.regularFile(0600));
    task.descriptors().fsync(task.open(path, OpenFlags.O_RDONLY));
  }

  @Test
  void file03_synchronousWrite_isKeptWhenItReturns() throws Exception {
    int file = task.open("/mnt/slotted", OpenFlags.O_RDWR | OpenFlags.O_DSYNC);
    task.write(file, bytes(3));
    assertThat(files.calls).containsExactly("write 3 at 0", "fsync");
    task.write(slotted, bytes(3));
    assertThat(files.calls).hasSize(3);
    task.tree().mount("none", "/tmp", "slotted", MS_SYNCHRONOUS, "");
    task.pwrite(task.open("/tmp/slotted", OpenFlags.O_RDWR), bytes(4), 8);
    assertThat(files.calls).endsWith("write 4 at 8", "fsync");
  }

  @ParameterizedTest
  @CsvSource({
    "0, [], ",
    "1, [KEEP_SIZE], ",
    "0x03, '[KEEP_SIZE, PUNCH_HOLE]', ",
    "0x08, [COLLAPSE_RANGE], ",
    "0x11, '[KEEP_SIZE, ZERO_RANGE]', ",
    "0x20, [INSERT_RANGE], ",
    "0x40, [UNSHARE_RANGE], ",
    "0x02, , EOPNOTSUPP",
    "0x09, , EOPNOTSUPP",
    "0x18, , EOPNOTSUPP",
    "0x04, , EOPNOTSUPP",
    "0x100, , EOPNOTSUPP"
  })
  void file04_flagsThatGoTogether_reachTheFile(String mode, String flags, Errno refused)
      throws Exception {
    int bits = Integer.decode(mode);
    if (refused != null) {
      assertErrno(refused, () -> task.descriptors().fallocate(slotted, bits, 10, 20));
      assertThat(files.calls).isEmpty();
      return;
    }
    task.descriptors().fallocate(slotted, bits, 10, 20);
    assertThat(files.calls).containsExactly("allocate " + flags + " 10 20");
  }

  @Test
  void file04_errors_comeInTheirOrder() throws Exception {
    int reading = task.open("/mnt/bare", OpenFlags.O_RDONLY);
    int device = task.open("/dev/null", OpenFlags.O_RDWR);
    assertFallocate(Errno.EINVAL, reading, 0x100, -1, 20);
    assertFallocate(Errno.EINVAL, reading, 0x100, 0, 0);
    assertFallocate(Errno.EOPNOTSUPP, reading, 0x100, 0, 20);
    assertFallocate(Errno.EBADF, reading, 0, 990, 20);
    assertFallocate(Errno.ENODEV, device, 0, 0, 20);
    assertFallocate(Errno.EFBIG, bare, 0, 990, 20);
    assertFallocate(Errno.EFBIG, bare, 0, Long.MAX_VALUE, 1);
    assertFallocate(Errno.EOPNOTSUPP, bare, 0, 0, 20);
  }

  private void assertFallocate(Errno errno, int file, int mode, long offset, long length) {
    assertErrno(errno, () -> task.descriptors().fallocate(file, mode, offset, length));
  }

  @Test
  void file04_blockDevice_storesZeros() throws Exception {
    int disk = task.open("/dev/ram0", OpenFlags.O_RDWR);
    task.pwrite(
        disk, MemorySegment.ofArray("x".repeat(1024).getBytes(StandardCharsets.US_ASCII)), 0);
    task.descriptors().fallocate(disk, 0x10, 512, 512);
    MemorySegment read = bytes(513);
    task.pread(disk, read, 511);
    assertThat(read.toArray(ValueLayout.JAVA_BYTE)).startsWith('x').endsWith(new byte[512]);
    long end = task.lseek(disk, 0, Whence.END);
    assertFallocate(Errno.EOPNOTSUPP, disk, 0, 0, 512);
    assertFallocate(Errno.EOPNOTSUPP, disk, 3, 0, 512);
    assertFallocate(Errno.EINVAL, disk, 0x10, end, 512);
    assertFallocate(Errno.EINVAL, disk, 0x10, 100, 512);
    task.descriptors().fallocate(disk, 0x11, end - 512, 1024);
  }
}
