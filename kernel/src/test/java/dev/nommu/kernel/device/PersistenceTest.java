package dev.nommu.kernel.device;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Probed.Outcome;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Writes of a session to disks and chips reach the images that a board marks "persistent". */
class PersistenceTest {
  private static final String DISK = "/virtio@10000000";
  private static final String FLASH = "/flash@20000000";
  private static final String RAM = "/ram@30000000";
  private static final long PHRAM = 0x4000_0000L;
  private static final int FLASH_SIZE = 0x100000;
  private static final int ERASE_BLOCK = 0x40000;
  private static final int RAM_SIZE = 0x10000;

  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path directory;

  private static TestBoard board() {
    return TestBoard.withMebibytes(16)
        .bootargs("phram.phram=phram,0x40000000,0x10000")
        .node(
            """
            virtio@10000000 { compatible = "virtio,mmio"; reg = <0 0x10000000 0 0x1000>; };
            flash@20000000 {
              compatible = "cfi-flash"; bank-width = <4>; reg = <0 0x20000000 0 0x100000>;
            };
            ram@30000000 {
              compatible = "mtd-ram"; bank-width = <4>; reg = <0 0x30000000 0 0x10000>;
            };
            """);
  }

  private Machine boot(TestBoard board) {
    return machines.boot(board.build(), Profile.DOCUMENT);
  }

  @Test
  void disk_isTheFileAtOnce() throws Exception {
    Path image = image("disk", 4096);
    Task task = boot(board().persistent(DISK, image)).init();
    write(task, "/dev/vda", 512, "written");
    assertThat(text(image, 512, 7)).isEqualTo("written");
  }

  @Test
  void diskThatIsNotPersistent_isLeftAsItIs() throws Exception {
    Path image = image("disk", 4096);
    Task task = boot(board().content(DISK, image)).init();
    int disk = write(task, "/dev/vda", 512, "written");
    task.descriptors().fsync(disk);
    assertThat(new TaskCalls(task).content(disk, 519))
        .endsWith("written".getBytes(StandardCharsets.US_ASCII));
    assertThat(Files.readAllBytes(image)).containsOnly(0);
  }

  @Test
  void diskThatIsReadOnly_isReadAndNotWritten() throws Exception {
    Path image = Files.writeString(directory.resolve("disk"), "x".repeat(4096));
    Task task = boot(board().readOnly(DISK, image)).init();
    int disk = new TaskCalls(task).write("/dev/vda");
    MemorySegment sector = MemorySegment.ofArray(new byte[512]);
    assertErrno(Errno.EPERM, () -> task.pwrite(disk, sector, 0));
    assertThat(new TaskCalls(task).content(disk, 4096)).containsOnly('x').hasSize(4096);
    assertThat(Files.readString(image)).isEqualTo("x".repeat(4096));
  }

  @Test
  void memoryThatIsReadOnly_isRefused() throws Exception {
    for (String part : List.of(FLASH, RAM)) {
      assertRefused(board().readOnly(part, image("image", 16)), "expected a disk", "found memory");
    }
  }

  @Test
  void hostDirectoryThatIsReadOnly_isMountedWithTheOptionRoAlone() throws Exception {
    Files.writeString(directory.resolve("file"), "x");
    TestBoard forReading = board().readOnlyHost("h", directory).mount("h", "/h", "hostfs", "ro");
    assertThat(new TaskCalls(boot(forReading).init()).text("/h/file")).isEqualTo("x");
    TestBoard forWriting = board().readOnlyHost("h", directory).mount("h", "/h", "hostfs", "");
    assertThatThrownBy(() -> Machine.boot(forWriting.build()).close())
        .isInstanceOf(BoardException.class)
        .hasMessageContainingAll("mount of h on /h", "EROFS", "expected the option ro");
  }

  @Test
  void diskOnAnyFileSystem_isKept() throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path image = Files.write(jimfs.getPath("/disk"), new byte[4096]);
      Machine machine = boot(board().persistent(DISK, image));
      write(machine.init(), "/dev/vda", 0, "written");
      machine.close();
      assertThat(text(image, 0, 7)).isEqualTo("written");
    }
  }

  @Test
  void flash_isTheFileAtOnceAndForTheNextMachine() throws Exception {
    Path image = image("flash", 0);
    Machine first = boot(board().persistent(FLASH, image));
    write(first.init(), "/dev/mtd0", ERASE_BLOCK, "programmed");
    assertThat(text(image, ERASE_BLOCK, 10)).isEqualTo("programmed");
    first.close();
    Machine second = boot(board().persistent(FLASH, image));
    int flash = second.init().open("/dev/mtd0", 0);
    byte[] expected = new byte[FLASH_SIZE];
    Arrays.fill(expected, (byte) 0xff);
    byte[] text = "programmed".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, expected, ERASE_BLOCK, text.length);
    assertThat(new TaskCalls(second.init()).content(flash, FLASH_SIZE)).isEqualTo(expected);
    assertThat(Files.readAllBytes(image)).isEqualTo(expected);
  }

  @Test
  void flashThatIsNotPersistent_isLeftAsItIs() throws Exception {
    Path image = image("flash", FLASH_SIZE);
    Machine machine = boot(board().content(FLASH, image));
    int flash = machine.init().open("/dev/mtd0", 2);
    erase(machine, flash, 0);
    assertErrno(Errno.EINVAL, () -> machine.init().descriptors().fsync(flash));
    machine.close();
    assertThat(Files.readAllBytes(image)).containsOnly(0);
  }

  @Test
  void mtdblk05_fsyncOfABlockDevice_bringsTheCachedBlockToTheFile() throws Exception {
    Path image = image("flash", FLASH_SIZE);
    Task task = boot(board().persistent(FLASH, image)).init();
    int block = write(task, "/dev/mtdblock0", 512, "cached");
    assertThat(text(image, 512, 6)).isEqualTo("\0".repeat(6));
    task.descriptors().fsync(block);
    assertThat(text(image, 512, 6)).isEqualTo("cached");
  }

  @Test
  void storeThroughAMappingOfARamChip_isInTheFile() throws Exception {
    Path image = image("ram", RAM_SIZE);
    TaskCalls program = new TaskCalls(boot(board().persistent(RAM, image)).init());
    int ram = program.write("/dev/mtd1");
    long address = program.map(ram, 8192, PROT_READ | PROT_WRITE, MAP_SHARED);
    program.store(address + 4096, "stored");
    program.task().descriptors().fsync(ram);
    assertThat(text(image, 4096, 6)).isEqualTo("stored");
  }

  @Test
  void memoryThatOnlyTheCommandLineNames_isKept() throws Exception {
    Path image = image("phram", 16);
    Machine machine = boot(board().persistent(PHRAM, image));
    write(machine.init(), "/dev/mtd2", 0x8000, "kept");
    machine.close();
    assertThat(Files.size(image)).isEqualTo(RAM_SIZE);
    assertThat(text(image, 0x8000, 4)).isEqualTo("kept");
  }

  @Test
  void imageThatCannotBeMapped_hasWhatWasWrittenAfterFsync() throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path image = Files.write(jimfs.getPath("/ram"), new byte[RAM_SIZE]);
      Machine machine = boot(board().persistent(RAM, image));
      int ram = write(machine.init(), "/dev/mtd1", 100, "written");
      assertThat(text(image, 100, 7)).isEqualTo("\0".repeat(7));
      machine.init().descriptors().fsync(ram);
      assertThat(text(image, 100, 7)).isEqualTo("written");
      write(machine.init(), "/dev/mtd1", 100, "at the end");
      machine.close();
      assertThat(text(image, 100, 10)).isEqualTo("at the end");
    }
  }

  @Test
  void file16_sync_bringsAllThatIsKeptToItsFiles() throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path image = Files.write(jimfs.getPath("/ram"), new byte[RAM_SIZE]);
      try (Machine machine = boot(board().persistent(RAM, image))) {
        write(machine.init(), "/dev/mtd1", 100, "written");
        machine.init().processes().system().sync();
        assertThat(text(image, 100, 7)).isEqualTo("written");
      }
    }
  }

  @Test
  void imageOfAMachineThatRuns_isNotAnotherMachinesToWrite() throws Exception {
    Path image = image("disk", 4096);
    Machine first = boot(board().persistent(DISK, image));
    assertRefused(
        board().persistent(DISK, image), "image " + image + ": another machine already writes");
    assertThat(outcome(boot(board().content(DISK, image)), DISK)).isEqualTo("bound");
    first.close();
    assertThat(outcome(boot(board().persistent(DISK, image)), DISK)).isEqualTo("bound");
  }

  @Test
  void imageThatIsLongerThanItsPart_failsTheBoot() throws Exception {
    Path image = image("long", FLASH_SIZE + 1);
    for (TestBoard board :
        List.of(board().content(FLASH, image), board().persistent(FLASH, image))) {
      assertRefused(
          board,
          "flash@20000000: image " + image,
          "expected at most 0x100000 bytes at 0x20000000, found 0x100001");
      assertThat(Files.size(image)).isEqualTo(FLASH_SIZE + 1);
    }
  }

  @Test
  void persistentImage_isAloneInItsPart() throws Exception {
    Path image = image("ram", 16);
    TestBoard twice = board().persistent(RAM, image).content(RAM, image("other", 16));
    assertRefused(twice, "ram@30000000", "expected one persistent image");
    TestBoard behind = board().persistent(0x3000_1000L, image);
    assertRefused(behind, "ram@30000000", "at 0x1000");
  }

  @Test
  void imageThatIsNotThere_failsTheBoot() {
    Path nothing = directory.resolve("nothing");
    String reason = "image " + nothing + ": cannot be opened: no such file or directory";
    assertRefused(board().persistent(FLASH, nothing), "/nommu/contents/c0: " + reason);
    assertRefused(board().persistent(DISK, nothing), "/nommu/contents/c0: " + reason);
    assertRefused(board().content(FLASH, nothing), "/nommu/contents/c0: " + reason);
    assertRefused(board().content(DISK, nothing), "/nommu/contents/c0: " + reason);
    assertRefused(board().persistent(PHRAM, nothing), "/nommu/contents/c0: " + reason);
  }

  @Test
  void imageThatNoDriverAsksFor_isListedAndLogged() throws Exception {
    Machine machine = boot(board().persistent(0x5000_0000L, image("spare", 16)));
    assertThat(outcome(machine, "/nommu/contents/c0")).contains("NotUsed", "spare");
    assertThat(machine.log().lines())
        .anyMatch(line -> line.contains("/nommu/contents/c0: not used: no driver asked"));
  }

  private static void assertRefused(TestBoard board, String... reasons) {
    assertThatThrownBy(() -> Machine.boot(board.build()).close())
        .isInstanceOf(BoardException.class)
        .message()
        .matches("(?s)test board:[0-9]+:[0-9]+: /nommu/contents/.*")
        .contains(reasons)
        .doesNotContain("Exception");
  }

  private Path image(String name, int size) throws Exception {
    return Files.write(directory.resolve(name), new byte[size]);
  }

  private static int write(Task task, String device, long at, String text) throws Exception {
    int file = new TaskCalls(task).write(device);
    task.pwrite(file, MemorySegment.ofArray(text.getBytes(StandardCharsets.US_ASCII)), at);
    return file;
  }

  /** MEMERASE of one block: two words, start and length. */
  private static void erase(Machine machine, int flash, int start) throws Exception {
    TaskCalls program = new TaskCalls(machine.init());
    long argument = program.anonymous(4096);
    program.store(argument, le(start));
    program.store(argument + 4, le(ERASE_BLOCK));
    machine.init().ioctl(flash, 0x40084d02, argument);
  }

  private static byte[] le(int value) {
    return new byte[] {
      (byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)
    };
  }

  private static String text(Path image, int at, int length) throws Exception {
    return new String(Files.readAllBytes(image), at, length, StandardCharsets.US_ASCII);
  }

  private static String outcome(Machine machine, String node) {
    Outcome outcome =
        machine.nodes().stream()
            .filter(probed -> probed.place().equals(node))
            .findFirst()
            .orElseThrow()
            .outcome();
    return switch (outcome) {
      case Outcome.Bound bound -> "bound";
      case Outcome.Failed failed -> failed.reason().describe();
      default -> outcome.toString();
    };
  }
}
