package dev.nommu.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.kernel.fs.MountFlag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Options of the JDK's calls, each as it says. */
final class OptionsTest {
  @RegisterExtension final Memory memory = new Memory();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(memory.path("/tmp/" + name), text);
  }

  @ParameterizedTest
  @EnumSource(names = {"SYNC", "DSYNC", "SPARSE"})
  void optionsOfHowItIsKept_areTaken(StandardOpenOption option) throws IOException {
    Path file = memory.path("/tmp/f");
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, option)) {
      channel.position(100_000).write(ByteBuffer.wrap(new byte[] {1}));
    }
    assertEquals(100_001, Files.size(file));
    assertEquals(1, Files.readAllBytes(file)[100_000]);
  }

  @Test
  void createNew_failsIfItIsThere() throws IOException {
    Path file = file("f", "text");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> Files.writeString(file, "other", StandardOpenOption.CREATE_NEW));
    assertEquals("text", Files.readString(file));
  }

  @Test
  void temporaryFiles_haveNamesOfTheirOwn() throws IOException {
    Path one = Files.createTempFile(memory.path("/tmp"), "a", ".b");
    Path other = Files.createTempFile(memory.path("/tmp"), "a", ".b");
    Path directory = Files.createTempDirectory(memory.path("/tmp"), "d");
    assertNotEquals(one, other);
    assertThat(one.getFileName().toString()).startsWith("a").endsWith(".b");
    assertTrue(Files.isDirectory(directory));
  }

  @Test
  void copy_replacesKeepsAttributesAndFollowsLinksAsAsked() throws IOException {
    Path file = file("f", "text");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Path link = Files.createSymbolicLink(memory.path("/tmp/l"), file);
    Path target = file("target", "old");
    assertThrows(FileAlreadyExistsException.class, () -> Files.copy(file, target));
    Files.copy(
        link, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    assertEquals("text", Files.readString(target));
    assertEquals(FileTime.from(Instant.EPOCH), Files.getLastModifiedTime(target));
    assertEquals(Files.getPosixFilePermissions(file), Files.getPosixFilePermissions(target));
    Path copied = memory.path("/tmp/copied");
    Files.copy(link, copied, LinkOption.NOFOLLOW_LINKS);
    assertEquals(file, Files.readSymbolicLink(copied));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Files.copy(file, target, StandardCopyOption.ATOMIC_MOVE));
  }

  @Test
  void move_replacesIfAskedAndIsAtomicWithinAMount() throws Exception {
    Path file = file("f", "text");
    Path target = file("target", "old");
    assertThrows(FileAlreadyExistsException.class, () -> Files.move(file, target));
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    assertEquals("text", Files.readString(target));
    assertFalse(Files.exists(file));
    Path elsewhere = Files.createDirectory(memory.path("/m"));
    memory.files().task().tree().mount("none", "/m", "ramfs", Set.of(), "");
    assertThrows(
        AtomicMoveNotSupportedException.class,
        () -> Files.move(target, elsewhere.resolve("f"), StandardCopyOption.ATOMIC_MOVE));
    Files.move(target, elsewhere.resolve("f"));
    assertEquals("text", Files.readString(elsewhere.resolve("f")));
    assertFalse(Files.exists(target));
  }

  @Test
  void hardLink_isTheSameFile() throws IOException {
    Path file = file("f", "text");
    Path link = Files.createLink(memory.path("/tmp/l"), file);
    assertTrue(Files.isSameFile(file, link));
    assertEquals(2, Files.getAttribute(link, "unix:nlink"));
    assertEquals(Files.getAttribute(file, "unix:ino"), Files.getAttribute(link, "unix:ino"));
  }

  @Test
  void owner_isAUserByNumberOrRoot() throws IOException {
    Path file = file("f", "text");
    FileOwnerAttributeView view = Files.getFileAttributeView(file, FileOwnerAttributeView.class);
    assertEquals("root", view.getOwner().getName());
    view.setOwner(memory.files().getUserPrincipalLookupService().lookupPrincipalByName("1000"));
    assertEquals(1000, Files.getAttribute(file, "unix:uid"));
  }

  @Test
  void mountThatIsReadOnly_refusesWithErofs() throws Exception {
    Files.createDirectory(memory.path("/m"));
    memory.files().task().tree().mount("none", "/m", "ramfs", Set.of(MountFlag.READ_ONLY), "");
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> Files.createFile(memory.path("/m/f")));
    assertThat(refused.getMessage()).contains("EROFS");
    assertTrue(Files.getFileStore(memory.path("/m")).isReadOnly());
    assertFalse(Files.isWritable(memory.path("/m")));
  }

  @Test
  void globsAndRegularExpressions_matchAsTheJdksDo() {
    List<String> patterns =
        List.of(
            "glob:*.java",
            "glob:**/*.java",
            "glob:a?c",
            "glob:[a-c]*",
            "glob:[!a]*",
            "glob:{x,y*}.txt",
            "glob:/a/*/c",
            "glob:\\*",
            "glob:[-]a",
            "regex:a.*c",
            "regex:/a/[^/]+/c");
    List<String> names =
        List.of(
            "A.java",
            "/src/A.java",
            "abc",
            "a/c",
            "b",
            "d",
            "x.txt",
            "yes.txt",
            "z.txt",
            "/a/b/c",
            "/a/b/b/c",
            "*",
            "-a",
            "aaac",
            "");
    for (String pattern : patterns) {
      PathMatcher ours = memory.files().getPathMatcher(pattern);
      PathMatcher hosts = java.nio.file.FileSystems.getDefault().getPathMatcher(pattern);
      for (String name : names) {
        assertEquals(
            hosts.matches(Path.of(name)), ours.matches(memory.path(name)), pattern + " " + name);
      }
    }
  }

  @Test
  void pathAlgebra_isTheHosts() {
    List<String> paths =
        List.of("", "/", "a", "a/b", "/a/b", "../a", "a/../b", "./a", "/..", "a/./b/..", "//a//b/");
    for (String one : paths) {
      Path ours = memory.path(one);
      Path hosts = Path.of(one);
      assertEquals(hosts.normalize().toString(), ours.normalize().toString(), one);
      assertEquals(String.valueOf(hosts.getParent()), String.valueOf(ours.getParent()), one);
      assertEquals(String.valueOf(hosts.getFileName()), String.valueOf(ours.getFileName()), one);
      assertEquals(hosts.getNameCount(), ours.getNameCount(), one);
      for (String other : paths) {
        String both = one + " and " + other;
        Path theirs = memory.path(other);
        assertEquals(hosts.resolve(other).toString(), ours.resolve(other).toString(), both);
        assertEquals(
            hosts.resolveSibling(other).toString(), ours.resolveSibling(other).toString(), both);
        assertEquals(hosts.startsWith(other), ours.startsWith(theirs), both);
        assertEquals(hosts.endsWith(other), ours.endsWith(theirs), both);
        assertEquals(
            Integer.signum(hosts.compareTo(Path.of(other))),
            Integer.signum(ours.compareTo(theirs)),
            both);
        assertEquals(relative(hosts, Path.of(other)), relative(ours, theirs), both);
      }
    }
  }

  private static String relative(Path from, Path to) {
    try {
      return from.relativize(to).toString();
    } catch (IllegalArgumentException impossible) {
      return "impossible";
    }
  }

  @Test
  void clock_isTheOneThatWasAskedFor() throws IOException {
    InMemory options = InMemory.OF_64_MIB.withClock(dev.nommu.kernel.time.SimulatedClock::new);
    try (NommuFileSystem files = NommuFileSystem.inMemory(options)) {
      Path file = Files.writeString(files.getPath("/tmp/f"), "text");
      Instant written = Files.getLastModifiedTime(file).toInstant();
      assertThat(Duration.between(written, Instant.now())).isGreaterThan(Duration.ofDays(1));
    }
  }

  @Test
  void manyThreads_useOneFileSystem() throws Exception {
    List<Thread> threads =
        Stream.iterate(0, i -> i + 1)
            .limit(50)
            .map(i -> Thread.ofVirtual().start(() -> useFiles(i)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    try (Stream<Path> files = Files.list(memory.path("/tmp"))) {
      assertEquals(50, files.count());
    }
  }

  private void useFiles(int number) {
    try {
      Path directory = Files.createDirectory(memory.path("/tmp/" + number));
      for (int i = 0; i < 20; i++) {
        Path file = Files.writeString(directory.resolve("f"), "text " + i);
        assertEquals("text " + i, Files.readString(file));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          assertTrue(channel.map(FileChannel.MapMode.READ_ONLY, 0, 4).isReadOnly());
        }
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
