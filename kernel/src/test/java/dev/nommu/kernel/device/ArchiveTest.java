package dev.nommu.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Images and directories in an archive, whose channels for writing begin empty. */
class ArchiveTest {
  private static final String DISK =
      "virtio@10000000 { compatible = \"virtio,mmio\"; reg = <0 0x10000000 0 0x1000>; };";

  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path directory;
  private FileSystem archive;

  @BeforeEach
  void makeArchive() throws Exception {
    archive = FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"));
  }

  @AfterEach
  void closeArchive() throws Exception {
    archive.close();
  }

  @Test
  void diskInAnArchive_isKept() throws Exception {
    Path image = Files.writeString(archive.getPath("/disk"), "o".repeat(4096));
    TestBoard board = TestBoard.withMebibytes(8).node(DISK).persistent("/virtio@10000000", image);
    writeAndClose(board, "/dev/vda", "written");
    assertThat(Files.readString(image)).isEqualTo("written" + "o".repeat(4096 - 7));
  }

  @Test
  void imageThatIsNotPersistent_leavesTheArchiveAsItIs() throws Exception {
    Path image = Files.writeString(archive.getPath("/disk"), "o".repeat(4096));
    archive.close();
    Path file = directory.resolve("a.zip");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    archive = FileSystems.newFileSystem(file);
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node(DISK)
            .content("/virtio@10000000", archive.getPath(image.toString()));
    writeAndClose(board, "/dev/vda", "written");
    archive.close();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(FileTime.fromMillis(0));
  }

  @Test
  void memoryInAnArchive_isKept() throws Exception {
    Path image = Files.writeString(archive.getPath("/ram"), "o".repeat(4096));
    String node =
        "ram@30000000 { compatible = \"mtd-ram\"; bank-width = <4>;"
            + " reg = <0 0x30000000 0 0x1000>; };";
    TestBoard board = TestBoard.withMebibytes(8).node(node).persistent("/ram@30000000", image);
    writeAndClose(board, "/dev/mtd0", "written");
    assertThat(Files.readString(image)).isEqualTo("written" + "o".repeat(4096 - 7));
  }

  @Test
  void directoryInAnArchive_isCopiedToBeWritten() throws Exception {
    Path host = Files.createDirectory(archive.getPath("/host"));
    Files.writeString(host.resolve("file"), "content");
    TestBoard board = TestBoard.withMebibytes(8).host("h", host).mount("h", "/h", "hostfs", "");
    writeAndClose(board, "/h/file", "CON");
    assertThat(Files.readString(host.resolve("file"))).isEqualTo("content");
    try (var all = Files.list(archive.getPath("/"))) {
      assertThat(all).containsExactly(host);
    }
  }

  @Test
  void directoryInAnArchive_isReadWhereItIs() throws Exception {
    Path host = Files.createDirectory(archive.getPath("/host"));
    Files.writeString(host.resolve("file"), "content");
    TestBoard board =
        TestBoard.withMebibytes(8).persistentHost("h", host).mount("h", "/h", "hostfs", "ro");
    Machine machine = machines.boot(board.build(), Profile.DOCUMENT);
    assertThat(new TaskCalls(machine.init()).text("/h/file")).isEqualTo("content");
  }

  @Test
  void directoryInAnArchive_isNotItselfWritten() throws Exception {
    Path host = Files.createDirectory(archive.getPath("/host"));
    TestBoard board =
        TestBoard.withMebibytes(8).persistentHost("h", host).mount("h", "/h", "hostfs", "");
    assertThatThrownBy(() -> Machine.boot(board.build()).close())
        .isInstanceOf(BoardException.class)
        .hasMessageContainingAll("mount of h on /h", "EROFS", "is in an archive");
  }

  private void writeAndClose(TestBoard board, String path, String text) throws Exception {
    Machine machine = machines.boot(board.build(), Profile.DOCUMENT);
    TaskCalls program = new TaskCalls(machine.init());
    int file = program.write(path);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    program.task().pwrite(file, MemorySegment.ofArray(bytes), 0);
    assertThat(program.content(file, bytes.length)).isEqualTo(bytes);
    machine.close();
  }
}
