package dev.nommu.examples;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.devicetree.DeviceTree;
import dev.nommu.devicetree.Includes;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ZipTypeTest {
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
        chosen { bootargs = "ramdisk_size=64"; };
      };
      """;

  private Machine machine;
  private Task task;

  @BeforeEach
  void boot() throws Exception {
    DeviceTree tree = DeviceTree.parseDts(BOARD, "board", Includes.none());
    machine = Machine.boot(Board.of("board", tree, Path.of("")), Profile.DOCUMENT);
    task = machine.init();
    task.tree().mkdir("/zip", 0755);
  }

  @AfterEach
  void machineIsSound() {
    assertEquals(List.of(), machine.check());
    machine.close();
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("etc/motd"));
      zip.write("good morning".getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("empty/"));
    }
    return bytes.toByteArray();
  }

  private void writeDisk(byte[] content) throws ErrnoException {
    int disk = task.open("/dev/ram0", OpenFlags.O_WRONLY);
    task.write(disk, MemorySegment.ofArray(content));
    task.close(disk);
  }

  @Test
  void archive_isReadMappedAndNotChanged() throws Exception {
    writeDisk(archive());
    task.tree().mount("/dev/ram0", "/zip", "zip", 0, "");
    int motd = task.open("/zip/etc/motd", OpenFlags.O_RDONLY);
    long address = task.mmap(0, 4096, PROT_READ, MAP_PRIVATE, motd, 0);
    assertEquals("good morning", task.memory(address, 4096).getString(0));
    assertEquals(
        List.of("etc", "empty"),
        task.tree().list("/zip").stream().map(DirectoryEntry::name).toList());
    assertEquals(List.of(), task.tree().list("/zip/empty"));
    assertEquals(
        Errno.EROFS,
        assertThrows(ErrnoException.class, () -> task.tree().unlink("/zip/etc/motd")).errno());
  }

  @Test
  void whatIsNotAnArchive_isEinval() {
    assertEquals(
        Errno.EINVAL,
        assertThrows(
                ErrnoException.class, () -> task.tree().mount("/dev/ram0", "/zip", "zip", 0, ""))
            .errno());
  }

  @Test
  void archiveThatUnpacksToMoreThanItMay_isEfbig() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("zeros"));
      zip.write(new byte[(1 << 24) + 1]);
    }
    writeDisk(bytes.toByteArray());
    assertEquals(
        Errno.EFBIG,
        assertThrows(
                ErrnoException.class, () -> task.tree().mount("/dev/ram0", "/zip", "zip", 0, ""))
            .errno());
  }
}
