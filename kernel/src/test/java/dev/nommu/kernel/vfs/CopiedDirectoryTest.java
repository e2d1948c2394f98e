package dev.nommu.kernel.vfs;

import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host directory that is not persistent: a machine sees the tree it would see with persistent.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CopiedDirectoryTest {
  @RegisterExtension final Machines machines = new Machines();
  @TempDir Path folder;
  private Path host;

  @BeforeEach
  void makeHostAndSecret() throws Exception {
    host = Files.createDirectory(folder.resolve("host"));
    Files.writeString(
        Files.createDirectory(folder.resolve("outside")).resolve("secret"), "TOPSECRET");
  }

  private Machine machine(Path directory) {
    TestBoard board =
        TestBoard.withMebibytes(8).host("h", directory).mount("h", "/h", "hostfs", "");
    return machines.boot(board.build(), Profile.DOCUMENT);
  }

  /** Returns what a session can see of the directory, mounted as it is and as a copy. */
  private void assertSameTree() throws Exception {
    TestBoard board =
        TestBoard.withMebibytes(8)
            .host("copy", host)
            .persistentHost("itself", host)
            .mount("copy", "/copy", "hostfs", "")
            .mount("itself", "/itself", "hostfs", "");
    Task task = machines.boot(board.build(), Profile.DOCUMENT).init();
    assertThat(tree(task, "/copy", "")).isEqualTo(tree(task, "/itself", "")).isNotEmpty();
  }

  private static List<String> tree(Task task, String root, String path) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add(path + " " + status(task, root + path));
    for (DirectoryEntry entry : task.tree().list(root + path)) {
      String below = path + "/" + entry.name();
      switch (entry.kind()) {
        case DIRECTORY -> lines.addAll(tree(task, root, below));
        case SYMBOLIC_LINK -> lines.add(below + " -> " + task.tree().readlink(root + below));
        default -> lines.add(below + " " + status(task, root + below));
      }
    }
    return lines;
  }

  private static String status(Task task, String path) throws Exception {
    FileStatus status = task.tree().lstat(path);
    return "%o %s".formatted(status.mode(), status.attributes().modified());
  }

  @Test
  void hostfs02_linksStayLinks_andWhatIsOutsideCannotBeRead() throws Exception {
    Path secret = folder.resolve("outside/secret");
    Files.createSymbolicLink(host.resolve("abs"), secret);
    Files.createSymbolicLink(host.resolve("rel"), Path.of("../outside/secret"));
    Files.createSymbolicLink(host.resolve("directory"), secret.getParent());
    Files.createSymbolicLink(host.resolve("dangling"), Path.of("nowhere"));
    TaskCalls program = new TaskCalls(machine(host).init());
    assertThat(program.task().tree().readlink("/h/abs")).isEqualTo(secret.toString());
    assertThat(program.task().tree().readlink("/h/dangling")).isEqualTo("nowhere");
    for (String name : List.of("abs", "rel", "directory/secret", "dangling")) {
      assertErrno(Errno.ENOENT, () -> program.read("/h/" + name));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void hostfs03_fifosSocketsAndDevices_areShownAndNeverOpened() throws Exception {
    mkfifo(host.resolve("fifo"));
    Files.createSymbolicLink(host.resolve("to-fifo"), Path.of("fifo"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(host.resolve("socket")));
    }
    assertSameTree();
    TaskCalls program = new TaskCalls(machine(host).init());
    assertErrno(Errno.ENXIO, () -> program.read("/h/fifo"));
    assertErrno(Errno.ENXIO, () -> program.read("/h/socket"));
  }

  private static void mkfifo(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor())
        .isZero();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void hostfs02_modesAndTimes_areThoseOfTheHost() throws Exception {
    Path below = Files.createDirectory(host.resolve("below"));
    Path file = Files.writeString(below.resolve("file"), "x");
    Files.createSymbolicLink(host.resolve("link"), Path.of("below"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x-w---x"));
    Files.setPosixFilePermissions(below, PosixFilePermissions.fromString("r-xr-xr-x"));
    Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    Files.setLastModifiedTime(below, FileTime.fromMillis(2_000_000));
    Files.setLastModifiedTime(host, FileTime.fromMillis(3_000_000));
    assertSameTree();
  }

  @Test
  void hostfs02_namesOfOneFile_areNamesOfOneFile() throws Exception {
    Files.writeString(host.resolve("a"), "one");
    Files.createLink(Files.createDirectory(host.resolve("d")).resolve("b"), host.resolve("a"));
    TaskCalls program = new TaskCalls(machine(host).init());
    program.text("/h/d/b", "two");
    assertThat(program.text("/h/a")).isEqualTo("two");
    assertThat(Files.readString(host.resolve("a"))).isEqualTo("one");
  }

  @Test
  void hostfs02_directoryOnAnyFileSystem_isCopiedWithItsLinks() throws Exception {
    for (Configuration kind : List.of(Configuration.unix(), Configuration.osX())) {
      try (FileSystem jimfs = Jimfs.newFileSystem(kind)) {
        Path root = jimfs.getRootDirectories().iterator().next();
        Path directory = Files.createDirectories(root.resolve("x").resolve("host"));
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d").resolve("f"), "content");
        Files.writeString(root.resolve("secret"), "TOPSECRET");
        Files.createSymbolicLink(directory.resolve("l"), root.resolve("secret"));
        Machine machine = machine(directory);
        TaskCalls program = new TaskCalls(machine.init());
        program.text("/h/d/f", "changed");
        assertThat(Files.readString(directory.resolve("d").resolve("f"))).isEqualTo("content");
        assertErrno(Errno.ENOENT, () -> program.read("/h/l"));
        machine.close();
        assertThat(names(root.resolve("x"))).containsExactly("host");
      }
    }
  }

  @Test
  void hostfs04_copy_goesWithTheMount() throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = Files.createDirectories(jimfs.getPath("/x/host"));
      Task task = machine(directory).init();
      assertThat(names(directory.getParent())).hasSize(2);
      task.tree().umount("/h");
      assertThat(names(directory.getParent())).containsExactly("host");
      assertErrno(
          Errno.EINVAL, () -> task.tree().mount("h", "/h", "hostfs", Set.of(), "unknown-option"));
      assertThat(names(directory.getParent())).containsExactly("host");
    }
  }

  private static List<String> names(Path directory) throws Exception {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void rootOfAFileSystem_isCopied() throws Exception {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Files.writeString(jimfs.getPath("/f"), "content");
      Machine machine = machine(jimfs.getPath("/"));
      assertThat(new TaskCalls(machine.init()).text("/h/f")).isEqualTo("content");
      machine.close();
    }
  }

  @Test
  void fileThatCannotBeCopied_isNamed() throws Exception {
    try (FileSystem jimfs =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(8 * 512).build())) {
      Path directory = Files.createDirectories(jimfs.getPath("/x/host/below"));
      Files.writeString(directory.resolve("large"), "x".repeat(6 * 512));
      TestBoard board =
          TestBoard.withMebibytes(8)
              .host("h", directory.getParent())
              .mount("h", "/h", "hostfs", "");
      assertThatThrownBy(() -> Machine.boot(board.build()).close())
          .isInstanceOf(BoardException.class)
          .hasMessageContainingAll("/x/host", "/below/large cannot be copied");
      assertThat(names(jimfs.getPath("/x"))).containsExactly("host");
    }
  }
}
