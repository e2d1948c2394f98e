package dev.nommu.kernel.device;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.api.Errno;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The results of the block layer itself for the nodes of a ramdisk, disks and mtdblock devices, as
 * {@code block/ioctl.c} and {@code block/fops.c} do.
 */
class BlockDeviceFileTest {
  private static final int BLKROSET = 0x125d;
  private static final int BLKROGET = 0x125e;
  private static final int BLKRRPART = 0x125f;
  private static final int BLKGETSIZE = 0x1260;
  private static final int BLKFLSBUF = 0x1261;
  private static final int BLKSSZGET = 0x1268;
  private static final int BLKGETSIZE64 = 0x80081272;

  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path directory;
  private TaskCalls program;

  @BeforeEach
  void boot() throws Exception {
    Path image = Files.write(directory.resolve("disk"), new byte[3 * 512]);
    TestBoard board =
        TestBoard.withMebibytes(16)
            .bootargs("brd.rd_size=64")
            .node(
                """
                virtio@10000000 { compatible = "virtio,mmio"; reg = <0 0x10000000 0 0x1000>; };
                virtio@10001000 { compatible = "virtio,mmio"; reg = <0 0x10001000 0 0x1000>; };
                rom@20000000 {
                  compatible = "mtd-rom"; bank-width = <4>; reg = <0 0x20000000 0 0x10000>;
                };
                ram@30000000 {
                  compatible = "mtd-ram"; bank-width = <4>; reg = <0 0x30000000 0 0x10000>;
                };
                """)
            .content("/virtio@10000000", image)
            .readOnly("/virtio@10001000", image);
    program = new TaskCalls(machines.boot(board.build(), Profile.DOCUMENT).init());
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/ram0, 65536",
    "/dev/vda, 1536",
    "/dev/vdb, 1536",
    "/dev/mtdblock0, 65536",
  })
  void sizeIsGivenInBytesAndInSectorsOf512(String node, long bytes) throws Exception {
    assertThat(ask(node, BLKGETSIZE64).getLong(0)).isEqualTo(bytes);
    assertThat(ask(node, BLKGETSIZE).getLong(0)).isEqualTo(bytes / 512);
    assertThat(ask(node, BLKSSZGET).getInt(0)).isEqualTo(512);
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/ram0, 0",
    "/dev/vda, 0",
    "/dev/vdb, 1",
    "/dev/mtdblock0, 1",
    "/dev/mtdblock1, 0",
  })
  void blkrogetTellsWhatCannotBeWritten(String node, int readOnly) throws Exception {
    assertThat(ask(node, BLKROGET).getInt(0)).isEqualTo(readOnly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/vdb", "/dev/mtdblock0"})
  void writeToADeviceThatIsReadOnly_isEpermAtAnyPosition(String node) throws Exception {
    Task task = program.task();
    int file = program.write(node);
    MemorySegment sector = MemorySegment.ofArray(new byte[512]);
    assertErrno(Errno.EPERM, () -> task.pwrite(file, sector, 0));
    assertErrno(Errno.EPERM, () -> task.pwrite(file, sector, 1 << 20));
    assertThat(program.content(file, 4)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void writeAtTheEndOfADevice_isEnospcAndReadThereNothing() throws Exception {
    Task task = program.task();
    int file = program.write("/dev/vda");
    MemorySegment two = MemorySegment.ofArray(new byte[1024]);
    assertThat(task.pwrite(file, two, 1024)).isEqualTo(512);
    assertErrno(Errno.ENOSPC, () -> task.pwrite(file, two, 1536));
    assertThat(task.pread(file, two, 1536)).isZero();
  }

  @Test
  void blk07_append_writesAtThePosition() throws Exception {
    Task task = program.task();
    int file = task.open("/dev/ram0", OpenFlags.O_RDWR | OpenFlags.O_APPEND);
    MemorySegment text = MemorySegment.ofArray("appended".getBytes(StandardCharsets.UTF_8));
    assertThat(task.write(file, text)).isEqualTo(8);
    assertThat(task.pwrite(file, text, 4)).isEqualTo(8);
    MemorySegment found = MemorySegment.ofArray(new byte[12]);
    assertThat(task.pread(file, found, 0)).isEqualTo(12);
    assertThat(found.toArray(ValueLayout.JAVA_BYTE)).asString().isEqualTo("appeappended");
  }

  @ParameterizedTest
  @CsvSource({"/dev/ram0, 4096, 4096", "/dev/vda, 512, 512", "/dev/mtdblock0, 512, 4096"})
  void blk08_blocks_areThoseOfTheDevice(String node, int physical, int block) throws Exception {
    assertThat(ask(node, 0x127b).getInt(0)).as("BLKPBSZGET").isEqualTo(physical);
    assertThat(ask(node, 0x1278).getInt(0)).as("BLKIOMIN").isEqualTo(physical);
    assertThat(ask(node, 0x1279).getInt(0)).as("BLKIOOPT").isZero();
    assertThat(ask(node, 0x80081270).getInt(0)).as("BLKBSZGET").isEqualTo(block);
    assertThat(ask(node, 0x1263).getLong(0)).as("BLKRAGET").isEqualTo(256);
    int file = program.read(node);
    assertErrno(Errno.EINVAL, "BLK-08", () -> program.task().ioctl(file, BLKRRPART, 0));
  }

  @Test
  void blk08_blkroset_holdsForTheDeviceUntilItIsTakenBack() throws Exception {
    Task task = program.task();
    int writer = program.write("/dev/vda");
    int other = program.read("/dev/vda");
    MemorySegment sector = MemorySegment.ofArray(new byte[512]);
    long argument = program.anonymous(TaskCalls.PAGE);
    program.store(argument, (byte) 1, (byte) 0, (byte) 0, (byte) 0);
    assertThat(task.ioctl(other, BLKROSET, argument)).isZero();
    task.close(other);
    assertErrno(Errno.EPERM, () -> task.pwrite(writer, sector, 0));
    assertThat(ask("/dev/vda", BLKROGET).getInt(0)).isEqualTo(1);
    program.store(argument, (byte) 0);
    assertThat(task.ioctl(writer, BLKROSET, argument)).isZero();
    assertThat(task.pwrite(writer, sector, 0)).isEqualTo(512);
    assertThat(task.ioctl(program.read("/dev/vdb"), BLKROSET, argument)).isZero();
    assertThat(ask("/dev/vdb", BLKROGET).getInt(0)).as("cannot be written").isEqualTo(1);
    assertErrno(Errno.EFAULT, () -> task.ioctl(writer, BLKROSET, 0));
  }

  @Test
  void blkflsbufIsAnsweredAndUnknownCommandsAreEnotty() throws Exception {
    int file = program.read("/dev/vda");
    assertThat(program.task().ioctl(file, BLKFLSBUF, 0)).isZero();
    assertErrno(Errno.ENOTTY, () -> program.task().ioctl(file, 0x12ff, 0));
    assertErrno(Errno.EFAULT, () -> program.task().ioctl(file, BLKGETSIZE64, 0));
  }

  private ByteBuffer ask(String node, int command) throws Exception {
    int file = program.read(node);
    long answer = program.anonymous(TaskCalls.PAGE);
    assertThat(program.task().ioctl(file, command, answer)).isZero();
    program.task().close(file);
    return ByteBuffer.wrap(program.bytes(answer, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
