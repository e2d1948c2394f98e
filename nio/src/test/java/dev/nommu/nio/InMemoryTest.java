package dev.nommu.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.Errno;
import dev.nommu.tck.fault.Effect;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.Injection;
import dev.nommu.tck.fault.Operation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Limits of a file system in memory, and faults in it. */
final class InMemoryTest {
  private static final int PAGE = 4096;

  private interface Call {
    void make() throws IOException;
  }

  private static void assertFull(String reason, Call call) {
    FileSystemException full = assertThrows(FileSystemException.class, call::make);
    assertThat(full.getMessage()).contains("ENOSPC", "No space left on device", reason);
  }

  private static Path write(Path file, int bytes) throws IOException {
    return Files.write(file, new byte[bytes]);
  }

  private static NommuFileSystem withQuota(int pages) {
    return NommuFileSystem.inMemory(InMemory.OF_64_MIB.withQuota((long) pages * PAGE));
  }

  private static NommuFileSystem withInodes(int count) {
    return NommuFileSystem.inMemory(InMemory.OF_64_MIB.withInodes(count));
  }

  private static void assertSound(NommuFileSystem files) throws IOException {
    try (var all = Files.walk(files.getPath("/tmp"))) {
      assertTrue(all.count() > 0);
    }
  }

  @Test
  void quota_isOfAllFilesTogether() throws IOException {
    try (NommuFileSystem files = withQuota(4)) {
      write(files.getPath("/tmp/a"), 2 * PAGE);
      write(files.getPath("/tmp/b"), PAGE + 1);
      assertFull("16384 of at most 16384", () -> write(files.getPath("/tmp/c"), 1));
      Files.delete(files.getPath("/tmp/a"));
      write(files.getPath("/tmp/c"), 2 * PAGE);
      assertFull("16384 of at most 16384", () -> write(files.getPath("/tmp/c"), 3 * PAGE));
    }
  }

  @Test
  void writeThatDoesNotFit_writesWhatDoes() throws IOException {
    try (NommuFileSystem files = withQuota(2);
        FileChannel file =
            FileChannel.open(
                files.getPath("/tmp/a"), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      assertEquals(2 * PAGE, file.write(ByteBuffer.allocate(3 * PAGE)));
      assertFull("8192 of at most 8192", () -> file.write(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void quota_countsAFileUntilItIsClosedAndUnmapped() throws IOException {
    try (NommuFileSystem files = withQuota(2)) {
      Arena arena = Arena.ofShared();
      Path file = files.getPath("/tmp/a");
      try (FileChannel open =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE_NEW)) {
        open.map(MapMode.READ_WRITE, 0, 2 * PAGE, arena);
        Files.delete(file);
      }
      assertFull("", () -> write(files.getPath("/tmp/b"), 1));
      arena.close();
      write(files.getPath("/tmp/b"), 2 * PAGE);
    }
  }

  @Test
  void growthThatDoesNotFit_isRefusedAndTakesNothing() throws IOException {
    try (NommuFileSystem files = withQuota(3);
        FileChannel file =
            FileChannel.open(
                files.getPath("/tmp/a"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW)) {
      FileSystemException full =
          assertThrows(FileSystemException.class, () -> file.map(MapMode.READ_WRITE, 0, 4 * PAGE));
      assertThat(full.getMessage()).contains("ENOSPC");
      file.map(MapMode.READ_WRITE, 0, 3 * PAGE);
    }
  }

  @Test
  void inodes_areCountedWhileTheyHaveNames() throws IOException {
    try (NommuFileSystem files = withInodes(3)) {
      Path directory = Files.createDirectory(files.getPath("/tmp/d"));
      Path file = write(directory.resolve("f"), 1);
      Files.createSymbolicLink(directory.resolve("l"), file);
      assertFull("the limit of 3 inodes", () -> write(directory.resolve("g"), 0));
      assertFull("g", () -> Files.createDirectory(directory.resolve("g")));
      Files.createLink(directory.resolve("hard"), file);
      Files.delete(file);
      assertFull("g", () -> write(directory.resolve("g"), 0));
      Files.delete(directory.resolve("hard"));
      write(directory.resolve("g"), 0);
      Files.move(
          directory.resolve("g"), directory.resolve("l"), StandardCopyOption.REPLACE_EXISTING);
      Files.createDirectory(directory.resolve("sub"));
      Files.delete(directory.resolve("sub"));
      Files.createDirectory(directory.resolve("sub"));
      assertFull("g", () -> write(directory.resolve("g"), 0));
      assertSound(files);
    }
  }

  @Test
  void limits_areOfAllThatIsMounted() throws Exception {
    InMemory options = InMemory.OF_64_MIB.withQuota(PAGE).withInodes(2);
    try (NommuFileSystem files = NommuFileSystem.inMemory(options)) {
      Files.createDirectory(files.getPath("/m"));
      files.task().tree().mount("none", "/m", "tmpfs", Set.of(), "size=1g,nr_inodes=7");
      write(files.getPath("/m/a"), 1);
      assertFull("", () -> write(files.getPath("/tmp/b"), 1));
      files.task().tree().umount("/m");
      write(files.getPath("/tmp/b"), 1);
    }
  }

  @Test
  void store_tellsTheLimits() throws IOException {
    InMemory options = InMemory.OF_64_MIB.withQuota(10 * PAGE).withInodes(7);
    try (NommuFileSystem files = NommuFileSystem.inMemory(options)) {
      write(files.getPath("/tmp/a"), 1);
      var store = Files.getFileStore(files.getPath("/tmp"));
      assertEquals(
          List.of(10L * PAGE, 9L * PAGE), List.of(store.getTotalSpace(), store.getUsableSpace()));
    }
    try (NommuFileSystem files = withInodes(7)) {
      assertEquals(0, Files.getFileStore(files.getPath("/tmp")).getTotalSpace());
    }
  }

  private static NommuFileSystem with(Injection faults) {
    return NommuFileSystem.inMemory(InMemory.OF_64_MIB.withFileSystem(faults::into));
  }

  private static Injection the(Operation what, int n, Effect how) {
    return new Injection(new Fault(what, n, how));
  }

  @Test
  void thirdWrite_failsWithEnospc() throws IOException {
    Injection faults = new Injection(new Fault(Operation.WRITE, 3, new Effect.Fail(Errno.ENOSPC)));
    InMemory faulty = InMemory.OF_64_MIB.withFileSystem(faults::into);
    try (NommuFileSystem files = NommuFileSystem.inMemory(faulty)) {
      Path file = files.getPath("/tmp/a");
      Files.writeString(file, "1");
      Files.writeString(file, "2", StandardOpenOption.APPEND);
      assertFull("injected: write", () -> Files.writeString(file, "3", StandardOpenOption.APPEND));
      Files.writeString(file, "4", StandardOpenOption.APPEND);
      assertEquals("124", Files.readString(file));
    }
    assertEquals(1, faults.tally(Operation.WRITE).failed());
  }

  @Test
  void everyKindOfFault_isForFilesInMemory() throws IOException {
    try (NommuFileSystem files = with(the(Operation.READ, 1, new Effect.Fail(Errno.EIO)))) {
      Path file = Files.writeString(files.getPath("/tmp/a"), "text");
      FileSystemException failure =
          assertThrows(FileSystemException.class, () -> Files.readString(file));
      assertThat(failure.getMessage()).contains("EIO", "injected: read");
      assertEquals("text", Files.readString(file));
    }
    try (NommuFileSystem files = with(the(Operation.WRITE, 1, new Effect.Shorten()))) {
      Path file = Files.writeString(files.getPath("/tmp/a"), "whole");
      assertEquals("whole", Files.readString(file));
    }
    try (NommuFileSystem files =
        with(the(Operation.ALLOCATION, 2, new Effect.Fail(Errno.ENOMEM)))) {
      write(files.getPath("/tmp/a"), PAGE);
      FileSystemException failure =
          assertThrows(FileSystemException.class, () -> write(files.getPath("/tmp/b"), PAGE));
      assertThat(failure.getMessage()).contains("ENOMEM", "injected: allocatePage");
    }
  }

  /** Calls that the machine makes while it boots are counted, too. */
  @Test
  void anyCall_canFail() throws IOException {
    Injection none = new Injection();
    try (NommuFileSystem files = with(none)) {
      assertSound(files);
    }
    int before = none.tally(Operation.DRIVER_CALL).calls();
    int failed = 0;
    for (int n = before - 40; n < before + 20; n++) {
      failed += changes(the(Operation.DRIVER_CALL, Math.max(n, 1), new Effect.Fail(Errno.EIO)));
    }
    assertThat(failed).isGreaterThan(5);
  }

  /** Returns 1 if one of some changes fails, as the JDK says, or the machine cannot be booted. */
  private static int changes(Injection faults) {
    try (NommuFileSystem files = with(faults)) {
      Path file = Files.writeString(files.getPath("/tmp/a"), "text");
      Files.createLink(files.getPath("/tmp/b"), file);
      Files.move(file, files.getPath("/tmp/c"));
      assertArrayEquals(
          new byte[] {'t', 'e', 'x', 't'}, Files.readAllBytes(file.resolveSibling("c")));
      Files.delete(files.getPath("/tmp/b"));
      return 0;
    } catch (FileSystemException failure) {
      assertThat(failure.getMessage()).contains("injected: ");
      return 1;
    } catch (IOException | IllegalStateException failure) {
      assertThat(String.valueOf(failure.getCause())).contains("injected: ");
      return 1;
    }
  }

  @Test
  void limitsAndFaults_goTogether() throws IOException {
    Injection faults = the(Operation.WRITE, 2, new Effect.Tear());
    InMemory options = InMemory.OF_64_MIB.withQuota(PAGE).withFileSystem(faults::into);
    try (NommuFileSystem files = NommuFileSystem.inMemory(options)) {
      Path file = Files.writeString(files.getPath("/tmp/a"), "1");
      FileSystemException torn =
          assertThrows(
              FileSystemException.class,
              () -> Files.writeString(file, "2345", StandardOpenOption.APPEND));
      assertThat(torn.getMessage()).contains("EIO", "torn");
      assertEquals("123", Files.readString(file));
      assertFull("4096 of at most 4096", () -> write(files.getPath("/tmp/b"), 1));
    }
  }
}
