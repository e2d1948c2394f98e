package dev.nommu.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/**
 * A directory that is open stays the one that it was: after it was moved and a link to another one
 * stands in its place, all that is done through it is done in it.
 */
final class DirectoryTest {
  @RegisterExtension final Memory memory = new Memory();

  private Path moved;
  private Path decoy;

  @BeforeEach
  void makeTwoDirectories() throws IOException {
    moved = memory.path("/tmp/moved");
    decoy = Files.createDirectory(memory.path("/tmp/decoy"));
    Files.createDirectories(memory.path("/tmp/d/sub"));
    Files.writeString(memory.path("/tmp/d/a"), "right");
    Files.createDirectory(decoy.resolve("sub"));
    Files.writeString(decoy.resolve("a"), "wrong");
  }

  private Path name(String name) {
    return memory.path(name);
  }

  private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
    return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
  }

  /** Opens a directory, moves it, and puts a link to another one in its place. */
  private SecureDirectoryStream<Path> openAndReplace() throws IOException {
    SecureDirectoryStream<Path> stream = open(memory.path("/tmp/d"));
    Files.move(memory.path("/tmp/d"), moved);
    Files.createSymbolicLink(memory.path("/tmp/d"), decoy);
    return stream;
  }

  private static List<String> names(Iterable<Path> paths) {
    List<String> names = new ArrayList<>();
    paths.forEach(path -> names.add(path.getFileName().toString()));
    names.sort(null);
    return names;
  }

  @Test
  void file_isReadAndMadeInTheDirectoryThatIsOpen() throws IOException {
    try (SecureDirectoryStream<Path> stream = openAndReplace()) {
      ByteBuffer text = ByteBuffer.allocate(5);
      try (SeekableByteChannel file = stream.newByteChannel(name("a"), Set.of())) {
        file.read(text);
      }
      assertEquals("right", new String(text.array(), UTF_8));
      Set<StandardOpenOption> create =
          Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      stream
          .newByteChannel(
              name("new"),
              create,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))
          .close();
      assertEquals(0100400, Files.getAttribute(moved.resolve("new"), "unix:mode"));
      assertFalse(Files.exists(decoy.resolve("new")));
    }
  }

  @Test
  void deleteOnClose_removesTheNameInTheDirectoryThatIsOpen() throws IOException {
    try (SecureDirectoryStream<Path> stream = openAndReplace()) {
      stream.newByteChannel(name("a"), Set.of(StandardOpenOption.DELETE_ON_CLOSE)).close();
      assertFalse(Files.exists(moved.resolve("a")));
      assertTrue(Files.exists(decoy.resolve("a")));
    }
  }

  @Test
  void namesAreRemoved_fromTheDirectoryThatIsOpen() throws IOException {
    try (SecureDirectoryStream<Path> stream = openAndReplace()) {
      stream.deleteFile(name("a"));
      stream.deleteDirectory(name("sub"));
      assertThat(names(Files.newDirectoryStream(moved))).isEmpty();
      assertThat(names(Files.newDirectoryStream(decoy))).containsExactly("a", "sub");
    }
  }

  @Test
  void directory_isOpenedWithinTheOneThatIsOpen_andReached_byWhatItsPathWas() throws IOException {
    Files.writeString(memory.path("/tmp/d/sub/b"), "");
    try (SecureDirectoryStream<Path> stream = openAndReplace();
        SecureDirectoryStream<Path> sub = stream.newDirectoryStream(name("sub"))) {
      List<Path> found = new ArrayList<>();
      sub.forEach(found::add);
      assertThat(found).containsExactly(memory.path("/tmp/d/sub/b"));
    }
  }

  @Test
  void move_takesFromAndToDirectoriesThatAreOpen() throws IOException {
    try (SecureDirectoryStream<Path> stream = openAndReplace();
        SecureDirectoryStream<Path> sub = stream.newDirectoryStream(name("sub"))) {
      stream.move(name("a"), sub, name("b"));
      assertEquals("right", Files.readString(moved.resolve("sub/b")));
      assertThat(names(Files.newDirectoryStream(moved))).containsExactly("sub");
      assertEquals("wrong", Files.readString(decoy.resolve("a")));
    }
  }

  @Test
  void attributes_areOfTheNameOrOfTheDirectoryItself() throws IOException {
    try (SecureDirectoryStream<Path> stream = openAndReplace()) {
      FileTime time = FileTime.fromMillis(1_000);
      stream
          .getFileAttributeView(name("a"), BasicFileAttributeView.class)
          .setTimes(time, null, null);
      assertEquals(time, Files.getLastModifiedTime(moved.resolve("a")));
      PosixFileAttributeView itself = stream.getFileAttributeView(PosixFileAttributeView.class);
      itself.setPermissions(PosixFilePermissions.fromString("rwx------"));
      itself.setTimes(time, null, null);
      assertEquals(040700, Files.getAttribute(moved, "unix:mode"));
      assertEquals(time, Files.getLastModifiedTime(moved));
      assertEquals(040755, Files.getAttribute(decoy, "unix:mode"));
      assertEquals(
          Files.readAttributes(moved, BasicFileAttributes.class).fileKey(),
          itself.readAttributes().fileKey());
    }
  }

  @Test
  void symbolicLink_isNotFollowedIfSo() throws IOException {
    Files.createSymbolicLink(memory.path("/tmp/d/link"), decoy);
    try (SecureDirectoryStream<Path> stream = openAndReplace()) {
      LinkOption keep = LinkOption.NOFOLLOW_LINKS;
      Path link = name("link");
      BasicFileAttributeView view =
          stream.getFileAttributeView(link, BasicFileAttributeView.class, keep);
      assertTrue(view.readAttributes().isSymbolicLink());
      assertErrno(Errno.ENOTDIR, () -> stream.newDirectoryStream(link, keep));
      assertErrno(Errno.ELOOP, () -> stream.newByteChannel(link, Set.of(keep)));
      PosixFileAttributeView posix =
          stream.getFileAttributeView(link, PosixFileAttributeView.class, keep);
      assertErrno(
          Errno.EOPNOTSUPP,
          () -> posix.setPermissions(PosixFilePermissions.fromString("rwx------")));
      try (SecureDirectoryStream<Path> followed = stream.newDirectoryStream(link)) {
        assertThat(names(followed)).containsExactly("a", "sub");
      }
    }
  }

  private static void assertErrno(Errno errno, Executable call) {
    FileSystemException refused = assertThrows(FileSystemException.class, call);
    assertEquals(errno, ((ErrnoException) refused.getCause()).errno());
  }

  @Test
  void whatCannotBeRemovedOrMoved_isRefusedAndStays() throws IOException {
    Files.writeString(memory.path("/tmp/d/sub/b"), "");
    try (SecureDirectoryStream<Path> stream = openAndReplace();
        SecureDirectoryStream<Path> proc = open(memory.path("/proc"));
        SecureDirectoryStream<Path> host = open(Path.of("/").toAbsolutePath())) {
      assertThrows(DirectoryNotEmptyException.class, () -> stream.deleteDirectory(name("sub")));
      assertErrno(Errno.EISDIR, () -> stream.deleteFile(name("sub")));
      assertErrno(Errno.ENOTDIR, () -> stream.deleteDirectory(name("a")));
      assertThrows(
          AtomicMoveNotSupportedException.class, () -> stream.move(name("a"), proc, name("a")));
      assertThrows(ProviderMismatchException.class, () -> stream.move(name("a"), host, name("a")));
      assertThrows(NotDirectoryException.class, () -> stream.newDirectoryStream(name("a")));
      assertThat(names(stream)).containsExactly("a", "sub");
    }
  }

  @Test
  void moveToAnotherMachine_isRefused() throws IOException {
    try (SecureDirectoryStream<Path> stream = openAndReplace();
        NommuFileSystem other = NommuFileSystem.inMemory();
        SecureDirectoryStream<Path> there = open(other.getPath("/tmp"))) {
      assertThrows(
          AtomicMoveNotSupportedException.class,
          () -> stream.move(name("a"), there, other.getPath("a")));
    }
  }

  @Test
  void absolutePath_doesNotLookAtTheDirectory() throws IOException {
    try (SecureDirectoryStream<Path> stream = openAndReplace()) {
      stream.deleteFile(decoy.resolve("a"));
      assertThat(names(Files.newDirectoryStream(decoy))).containsExactly("sub");
    }
  }

  @Test
  void closedDirectory_refusesAndItsDescriptorIsFree() throws Exception {
    Task task = memory.machine().init();
    int free = task.open("/", OpenFlags.O_RDONLY);
    task.close(free);
    SecureDirectoryStream<Path> stream = openAndReplace();
    BasicFileAttributeView itself = stream.getFileAttributeView(BasicFileAttributeView.class);
    stream.close();
    assertEquals(free, task.open("/", OpenFlags.O_RDONLY));
    stream.close();
    assertEquals(FileKind.DIRECTORY, task.fstat(free).kind());
    assertThrows(ClosedDirectoryStreamException.class, () -> stream.deleteFile(name("a")));
    assertThrows(ClosedDirectoryStreamException.class, stream::iterator);
    assertThrows(ClosedDirectoryStreamException.class, itself::readAttributes);
    assertTrue(Files.exists(moved.resolve("a")));
  }

  @Test
  void closeDuringACall_waitsForIt_soThatItMeetsNoOtherDirectory() throws Exception {
    Task task = memory.machine().init();
    int free = task.open("/", OpenFlags.O_RDONLY);
    task.close(free);
    Place place = new Place.ByPath(NommuPath.of(memory.path("/tmp/d")));
    OpenDirectory directory = OpenDirectory.open(place, Links.FOLLOW);
    long size =
        directory.call(tree -> {
          assertDoesNotThrow(directory::close);
          return tree.stat("a").attributes().size();
        });
    assertEquals("right".length(), size);
    assertEquals(free, task.open("/", OpenFlags.O_RDONLY));
  }
}
