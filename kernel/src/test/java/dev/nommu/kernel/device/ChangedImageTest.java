package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Errnos;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.io.BufferedReader;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Another program of the host changes an image while a machine uses it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangedImageTest {
  private static final String DISK = "/virtio@10000000";
  private static final String RAM = "/ram@30000000";
  private static final int SIZE = 0x10000;

  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path directory;

  private static TestBoard board() {
    return TestBoard.withMebibytes(8)
        .node(
            """
            virtio@10000000 { compatible = "virtio,mmio"; reg = <0 0x10000000 0 0x1000>; };
            ram@30000000 {
              compatible = "mtd-ram"; bank-width = <4>; reg = <0 0x30000000 0 0x10000>;
            };
            """);
  }

  private Task boot(TestBoard board) {
    return machines.boot(board.build(), Profile.DOCUMENT).init();
  }

  private Path image(String content) throws Exception {
    return Files.writeString(directory.resolve("image"), content.repeat(SIZE));
  }

  private static void cut(Path image, long size) throws Exception {
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private static void assertContent(Task task, String content) throws Exception {
    TaskCalls program = new TaskCalls(task);
    assertThat(program.content(program.read("/dev/vda"), SIZE))
        .isEqualTo(content.repeat(SIZE).getBytes(StandardCharsets.US_ASCII));
  }

  private static MemorySegment sector() {
    return MemorySegment.ofArray(new byte[512]);
  }

  private static void assertEio(Errnos.Call call, String... words) {
    ErrnoException failure = failureOf(call);
    assertThat(failure.errno()).isEqualTo(Errno.EIO);
    assertThat(failure).hasMessageContainingAll(words).hasMessageNotContaining("PLUGIN-01");
  }

  @Test
  void diskThatIsNotPersistent_isACopy() throws Exception {
    Path image = image("x");
    Task task = boot(board().content(DISK, image));
    image("y");
    assertContent(task, "x");
    cut(image, 0);
    assertContent(task, "x");
    task.pwrite(new TaskCalls(task).write("/dev/vda"), sector(), SIZE - 512);
    assertThat(image).isEmptyFile();
  }

  @Test
  void diskThatIsReadOnly_isACopy() throws Exception {
    Path image = image("x");
    Task task = boot(board().readOnly(DISK, image));
    image("y");
    cut(image, SIZE / 2);
    assertContent(task, "x");
  }

  @Test
  void persistentDiskThatIsCut_saysSo() throws Exception {
    Path image = image("x");
    Task task = boot(board().persistent(DISK, image));
    int disk = new TaskCalls(task).write("/dev/vda");
    cut(image, 512);
    assertEio(
        () -> task.pread(disk, sector(), 1024), image.toString(), "found the end of the file");
    assertEio(() -> task.pwrite(disk, sector(), 1024), "expected 0x10000 bytes, found 0x200");
    assertEio(() -> task.descriptors().fsync(disk), "another program has truncated it");
    assertThat(image).hasSize(512);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void persistentMemoryThatIsCut_saysSoWhateverTouchesIt() throws Exception {
    Path image = image("x");
    Task task = boot(board().persistent(RAM, image));
    TaskCalls program = new TaskCalls(task);
    int ram = program.write("/dev/mtd0");
    long mapped = program.map(ram, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED);
    cut(image, 4096);
    String cut = "another program has truncated";
    assertEio(() -> task.pread(ram, sector(), 8192), cut);
    assertEio(() -> task.pwrite(ram, sector(), 8192), cut);
    assertEio(() -> program.map(ram, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE), cut);
    assertThatThrownBy(() -> task.load(mapped + 8192, sector()))
        .isInstanceOf(MemoryFault.class)
        .hasMessageContainingAll("ram@30000000", cut);
    assertThatThrownBy(() -> task.store(mapped + 8192, sector())).isInstanceOf(MemoryFault.class);
    assertEio(() -> task.descriptors().fsync(ram), image.toString(), cut);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void persistentMemory_hasItsPlaceOnTheHostsDisk() throws Exception {
    Path image = Files.createFile(directory.resolve("sparse"));
    try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1}), SIZE - 1);
    }
    assertThat(kibibytesUsed(image)).isLessThan(SIZE / 1024);
    boot(board().persistent(RAM, image));
    assertThat(kibibytesUsed(image)).isGreaterThanOrEqualTo(SIZE / 1024);
  }

  private static long kibibytesUsed(Path file) throws Exception {
    Process du = new ProcessBuilder("du", "-k", file.toString()).start();
    try (BufferedReader said = du.inputReader()) {
      return Long.parseLong(said.readLine().split("\\s")[0]);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void pipe_isNoImage() throws Exception {
    Path fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    for (TestBoard board :
        List.of(
            board().content(DISK, fifo),
            board().content(RAM, fifo),
            board().readOnly(DISK, fifo))) {
      assertThatThrownBy(() -> Machine.boot(board.build()).close())
          .isInstanceOf(BoardException.class)
          .hasMessageContainingAll("image " + fifo, "expected a regular file");
    }
  }

  @Test
  void memoryOfAnyKind_isReadFromADiskAndWritten() throws Exception {
    Path image = image("x");
    for (TestBoard board : List.of(board().content(DISK, image), board().persistent(DISK, image))) {
      Task task = boot(board);
      int disk = new TaskCalls(task).write("/dev/vda");
      long[] words = new long[128];
      assertThat(task.pread(disk, MemorySegment.ofArray(words), 512)).isEqualTo(1024);
      assertThat(words).containsOnly(0x7878_7878_7878_7878L);
      assertThat(task.pwrite(disk, MemorySegment.ofArray(new long[] {1, 2}), 0)).isEqualTo(16);
    }
  }
}
