package org.example.zipfs;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.junit.Board;
import dev.nommu.junit.Profiles;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Board("board.dts")
@Profiles
class ZipTypeTest {
  private static List<String> list(Task task, String directory) throws ErrnoException {
    return task.tree().list(directory).stream().map(DirectoryEntry::name).toList();
  }

  @Test
  void directories_areListed(Task task) throws Exception {
    assertEquals(List.of("etc", "data", "empty"), list(task, "/zip"));
    assertEquals(List.of("squares.csv"), list(task, "/zip/data"));
    assertEquals(List.of(), list(task, "/zip/empty"));
  }

  @Test
  void file_isReadAndMapped(Task task) throws Exception {
    int motd = task.open("/zip/etc/motd", OpenFlags.O_RDONLY);
    byte[] read = new byte[100];
    assertEquals(13, task.read(motd, MemorySegment.ofArray(read)));
    assertEquals("good morning\n", new String(read, 0, 13, UTF_8));
    long address = task.mmap(0, 4096, PROT_READ, MAP_PRIVATE, motd, 0);
    assertEquals("good morning\n", task.memory(address, 4096).getString(0));
  }

  @Test
  void change_isErofs(Task task) {
    assertEquals(
        Errno.EROFS,
        assertThrows(ErrnoException.class, () -> task.tree().unlink("/zip/etc/motd")).errno());
  }

  /** Boots the same board with another archive; returns why it cannot be mounted. */
  private static String refusal(Profile profile, Path folder, byte[] archive) throws IOException {
    Path board = Files.copy(Path.of("board.dts"), folder.resolve("board.dts"));
    Files.write(folder.resolve("files.zip"), archive);
    return assertThrows(BoardException.class, () -> boot(board, profile).close()).getMessage();
  }

  private static Machine boot(Path board, Profile profile) throws BoardException {
    return Machine.boot(dev.nommu.kernel.board.Board.read(board), profile, Strictness.STRICT);
  }

  private static void assertContains(String expected, String found) {
    assertTrue(found.contains(expected), found);
  }

  @Test
  void whatIsNotAnArchive_isRefused(Profile profile, @TempDir Path folder) throws Exception {
    assertContains(
        "bad zip: expected an entry at 0, found none",
        refusal(profile, folder, "no archive".getBytes(UTF_8)));
  }

  @Test
  void archiveThatIsCutOff_isRefused(Profile profile, @TempDir Path folder) throws Exception {
    byte[] archive = Files.readAllBytes(Path.of("files.zip"));
    assertContains(
        "bad zip: ", refusal(profile, folder, Arrays.copyOf(archive, archive.length / 2)));
  }

  @Test
  void archiveThatUnpacksToMoreThanItMay_isRefused(Profile profile, @TempDir Path folder)
      throws Exception {
    Path bomb = folder.resolve("bomb.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
      zip.putNextEntry(new ZipEntry("zeros"));
      zip.write(new byte[(1 << 24) + 1]);
    }
    assertContains(
        "bad zip: expected at most 16777216 bytes",
        refusal(profile, folder, Files.readAllBytes(bomb)));
  }
}
