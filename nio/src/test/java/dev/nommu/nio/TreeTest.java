package dev.nommu.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK makes of the tree: walks, copies, zip files; permissions and errors. */
final class TreeTest {
  @RegisterExtension final Memory memory = new Memory();

  @TempDir Path host;

  private Path tree() throws IOException {
    Path root = Files.createDirectories(memory.path("/tmp/tree/one/two")).getParent().getParent();
    Files.writeString(root.resolve("a"), "a");
    Files.writeString(root.resolve("one/b"), "bb");
    Files.write(root.resolve("one/two/c"), new byte[100_000]);
    Files.createSymbolicLink(root.resolve("link"), memory.path("one/b"));
    return root;
  }

  private static List<String> walked(Path root) throws IOException {
    List<String> seen = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = root.relativize(file).toString();
            seen.add(attributes.isSymbolicLink() ? name + "@" : name + " " + attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
            seen.add(root.relativize(directory) + "/");
            return FileVisitResult.CONTINUE;
          }
        });
    seen.sort(null);
    return seen;
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.copy(file, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void walkFileTree_visitsEachFileAndDirectory() throws IOException {
    assertThat(walked(tree()))
        .containsExactly("/", "a 1", "link@", "one/", "one/b 2", "one/two/", "one/two/c 100000");
  }

  @Test
  void treeCopiedWithinTheMachine_andToTheHostAndBack_isTheSame() throws IOException {
    Path root = tree();
    List<String> files = walked(root);
    copyTree(root, memory.path("/tmp/copy"));
    assertThat(walked(memory.path("/tmp/copy"))).isEqualTo(files);
    assertEquals("bb", Files.readString(memory.path("/tmp/copy/link")));
    Files.delete(root.resolve("link")); // the JDK copies none to another provider
    files.remove("link@");
    copyTree(root, host.resolve("copy"));
    assertThat(walked(host.resolve("copy"))).isEqualTo(files);
    copyTree(host.resolve("copy"), memory.path("/tmp/back"));
    assertThat(walked(memory.path("/tmp/back"))).isEqualTo(files);
  }

  @Test
  void treeCopiedToAnotherMachine_isTheSame() throws IOException {
    Path root = tree();
    try (NommuFileSystem other = NommuFileSystem.inMemory()) {
      copyTree(root, other.getPath("/copy"));
      assertThat(walked(other.getPath("/copy"))).isEqualTo(walked(root));
    }
  }

  /** Another file system object may be that of the same task, or of another one of the machine. */
  @Test
  void fileCopiedOrMovedOntoItself_staysWhatItIs_throughWhicheverFileSystem() throws IOException {
    Path file = Files.writeString(memory.path("/tmp/a"), "text");
    Task other = memory.machine().init().spawn("other");
    try (NommuFileSystem again = NommuFileSystem.of(memory.machine().init());
        NommuFileSystem ofOther = NommuFileSystem.of(other)) {
      for (NommuFileSystem files : List.of(memory.files(), again, ofOther)) {
        Path same = files.getPath("/tmp/a");
        assertTrue(Files.isSameFile(file, same));
        Files.copy(file, same, StandardCopyOption.REPLACE_EXISTING);
        Files.move(file, same, StandardCopyOption.REPLACE_EXISTING);
        assertEquals("text", Files.readString(file));
      }
    }
  }

  @Test
  void fileOfAnotherMachine_withTheSameNumbers_isAnotherFile() throws IOException {
    try (NommuFileSystem one = NommuFileSystem.inMemory();
        NommuFileSystem other = NommuFileSystem.inMemory()) {
      Path file = Files.writeString(one.getPath("/a"), "one");
      Path twin = Files.writeString(other.getPath("/a"), "other");
      assertEquals(Files.getAttribute(file, "fileKey"), Files.getAttribute(twin, "fileKey"));
      assertFalse(Files.isSameFile(file, twin));
      Files.copy(file, twin, StandardCopyOption.REPLACE_EXISTING);
      assertEquals("one", Files.readString(twin));
    }
  }

  @Test
  void directoryThatIsNotEmpty_isTheOneThatIsNamed() throws IOException {
    Path empty = Files.createDirectory(memory.path("/tmp/empty"));
    Path full = Files.createDirectories(memory.path("/tmp/full/sub")).getParent();
    DirectoryNotEmptyException refused =
        assertThrows(
            DirectoryNotEmptyException.class,
            () -> Files.move(empty, full, StandardCopyOption.ATOMIC_MOVE));
    assertEquals("/tmp/full", refused.getFile());
  }

  @Test
  void zipFileSystem_liesOnAFile() throws IOException {
    Path zip = memory.path("/tmp/a.zip");
    try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.writeString(inside.getPath("/text"), "within");
      Files.createDirectory(inside.getPath("/directory"));
      Files.write(inside.getPath("/directory/zeros"), new byte[1 << 20]);
    }
    try (FileSystem inside = FileSystems.newFileSystem(zip)) {
      assertEquals("within", Files.readString(inside.getPath("/text")));
      assertEquals(1 << 20, Files.size(inside.getPath("/directory/zeros")));
    }
  }

  @Test
  void permissions_areThoseOfTheTask() throws Exception {
    Path secret = Files.writeString(memory.path("/tmp/secret"), "text");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Task user = memory.machine().init().spawn("user");
    user.processes().setgid(100);
    user.processes().setuid(100);
    try (NommuFileSystem files = NommuFileSystem.of(user)) {
      AccessDeniedException denied =
          assertThrows(
              AccessDeniedException.class, () -> Files.readString(files.getPath("/tmp/secret")));
      assertThat(denied.getReason()).contains("EACCES (Permission denied)");
      assertTrue(!Files.isReadable(files.getPath("/tmp/secret")));
    }
    assertEquals("text", Files.readString(secret));
  }

  @Test
  void moveToAnotherMount_ofAFileThatMayNotBeRemoved_leavesNoCopy() throws Exception {
    Path file = Files.writeString(memory.path("/tmp/a"), "text");
    memory.machine().init().tree().mount("none", "/mnt", "ramfs", Set.of(), "");
    Files.setPosixFilePermissions(
        memory.path("/mnt"), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Task user = memory.machine().init().spawn("user");
    user.processes().setgid(100);
    user.processes().setuid(100);
    try (NommuFileSystem files = NommuFileSystem.of(user)) {
      assertThrows(
          AccessDeniedException.class,
          () -> Files.move(files.getPath("/tmp/a"), files.getPath("/mnt/a")));
    }
    assertEquals("text", Files.readString(file));
    assertFalse(Files.exists(memory.path("/mnt/a")));
  }

  @Test
  void errors_areTheJdksWithTheErrnosReason() throws Exception {
    Path there = Files.createDirectory(memory.path("/tmp/there"));
    NoSuchFileException absent =
        assertThrows(NoSuchFileException.class, () -> Files.size(memory.path("/tmp/no/file")));
    assertThat(absent.getReason()).contains("ENOENT (No such file or directory)");
    assertThat(absent.getCause()).isInstanceOf(ErrnoException.class);
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(there));
    memory.machine().init().tree().mount("none", "/mnt", "ramfs", Set.of(MountFlag.READ_ONLY), "");
    FileSystemException readOnly =
        assertThrows(FileSystemException.class, () -> Files.writeString(memory.path("/mnt/a"), ""));
    assertThat(readOnly.getReason()).contains("EROFS (Read-only file system)");
    assertTrue(Files.getFileStore(memory.path("/mnt")).isReadOnly());
  }

  @Test
  void unixView_saysWhatStatSays() throws IOException {
    Path file = Files.writeString(memory.path("/tmp/a"), "abc");
    Files.createLink(memory.path("/tmp/b"), file);
    Map<String, Object> unix = Files.readAttributes(file, "unix:*");
    assertEquals(2, unix.get("nlink"));
    assertEquals(0100644, unix.get("mode"));
    assertEquals(0, unix.get("uid"));
    assertEquals(unix.get("ino"), Files.getAttribute(memory.path("/tmp/b"), "unix:ino"));
    assertEquals(0L, unix.get("rdev"));
    assertEquals(0x501L, Files.getAttribute(memory.path("/dev/console"), "unix:rdev"));
  }

  @Test
  void fileStores_areWhatIsMounted() throws IOException {
    FileStore proc = Files.getFileStore(memory.path("/proc/self"));
    assertEquals("proc", proc.type());
    assertThat(memory.files().getFileStores()).contains(proc);
  }

  @Test
  void names_areKeptAsTheKernelHasThem() throws IOException {
    for (String name :
        List.of(
            "a b", "ä€😀", "e\u0301", "%2F", "a+b", "new\nline", "a\\b", "\u0001", "caf\udce9")) {
      Path file = Files.write(memory.path("/tmp/" + name), FileNames.encode(name));
      try (var files = Files.list(memory.path("/tmp"))) {
        assertThat(files.toList()).containsExactly(file);
      }
      assertEquals(file, Path.of(URI.create(file.toUri().toString())));
      assertEquals(name, FileNames.decode(Files.readAllBytes(Path.of(file.toUri()))));
      Files.delete(file);
    }
  }

  @Test
  void file17_bytesOfNames_areKeptInPathsAndUris() throws IOException {
    Path file = memory.path("/tmp/caf\udce9");
    assertThat(file.toUri().toString()).endsWith("/tmp/caf%E9");
    assertEquals(memory.path("/tmp/é"), Path.of(URI.create(memory.path("/tmp/").toUri() + "/é")));
    assertThat(file).isGreaterThan(memory.path("/tmp/café"));
    Path link = Files.createSymbolicLink(memory.path("/tmp/link"), file);
    assertEquals(file, Files.readSymbolicLink(link));
    for (String noBytes : List.of("\ud800", "\udcc3\udca9", "\udc00")) {
      assertThrows(InvalidPathException.class, () -> memory.path(noBytes));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_b", "a b", "a/b", "a:b@c", "100%", "é", "e\u0301", "[::1]"})
  void nameOfAFileSystem_isAnyText(String name) throws IOException {
    try (NommuFileSystem files = NommuFileSystem.of(name, memory.machine().init())) {
      Path file = files.getPath("/tmp/a b");
      assertEquals(file, Path.of(URI.create(file.toUri().toString())));
    }
  }

  @Test
  void fileSystem_hasAName() {
    Task init = memory.machine().init();
    assertThrows(IllegalArgumentException.class, () -> NommuFileSystem.of("", init));
  }

  @Test
  void fileSystem_isNotMadeOfSomethingElse() {
    URI uri = URI.create("nommu:wrong");
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> FileSystems.newFileSystem(uri, Map.of("task", "init")));
    assertThat(refused)
        .hasMessageContaining("\"task\"")
        .hasMessageContaining("expected a dev.nommu.kernel.task.Task, found init");
    assertThrows(
        IllegalArgumentException.class, () -> FileSystems.newFileSystem(uri, Map.of("memory", 64)));
    assertThrows(
        java.nio.file.FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(uri));
  }

  @Test
  void fileSystem_isFoundByItsUriUntilItIsClosed() throws IOException {
    URI uri = URI.create("nommu:named");
    try (FileSystem files = FileSystems.newFileSystem(uri, Map.of())) {
      Files.writeString(files.getPath("/a"), "text");
      assertEquals("text", Files.readString(Path.of(URI.create("nommu://named/a"))));
      assertEquals(files, FileSystems.getFileSystem(uri));
    }
    assertThrows(
        java.nio.file.FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(uri));
  }
}
