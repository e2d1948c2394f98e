package dev.nommu.kernel;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static dev.nommu.kernel.testing.Errnos.assertErrno;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.Errno;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.testing.Machines;
import dev.nommu.kernel.testing.TaskCalls;
import dev.nommu.kernel.testing.TestBoard;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Execution in place: romfs in a ROM, and the MTD's own device files, through a booted machine. */
final class RomMappingTest {
  private static final long ROM = 0x2000_0000L;
  private static final byte[] PROGRAM = TaskCalls.pattern(2 * PAGE + 100);

  @RegisterExtension final Machines machines = new Machines();

  private TaskCalls init(Profile profile) throws Exception {
    Path root = Jimfs.newFileSystem(Configuration.unix()).getPath("/work");
    Files.createDirectories(root.resolve("tree"));
    Files.write(root.resolve("tree/program"), PROGRAM);
    Files.writeString(root.resolve("tree/zlast"), "the next file");
    RomfsWriter.write(root.resolve("tree"), root.resolve("image"), RomfsOptions.DEFAULT);
    TestBoard board =
        TestBoard.withMebibytes(8)
            .node(
                """
                rom@20000000 {
                  compatible = "mtd-rom"; bank-width = <4>;
                  reg = <0 0x20000000 0 0x10000>; linux,mtd-name = "rom";
                };
                ram@30000000 {
                  compatible = "mtd-ram"; bank-width = <4>;
                  reg = <0 0x30000000 0 0x10000>; linux,mtd-name = "ram";
                };
                """)
            .content("/rom@20000000", root.resolve("image"))
            .mount("mtd:rom", "/rom", "romfs", "ro");
    return new TaskCalls(machines.boot(board.build(), profile).init());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void romfs06_privateReadOnly_isInPlaceAndNotPageAligned(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long start = p.map(p.read("/rom/program"), 2 * PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE);
    assertThat(start).isBetween(ROM, ROM + PAGE);
    assertThat(start % PAGE).isNotZero();
    assertThat(start % 16).isZero();
    assertThat(p.bytes(start, 2 * PAGE)).isEqualTo(Arrays.copyOf(PROGRAM, 2 * PAGE));
    assertThat(p.text("/proc/meminfo")).contains("MmapCopy:              0 kB\n");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mmap28_directMapping_isAsAlignedAsTheStore(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/rom/program");
    long first = p.map(file, PAGE, PROT_READ, MAP_SHARED);
    long second = p.map(file, PAGE, PROT_READ, MAP_SHARED, PAGE);
    assertThat(second).isEqualTo(first + PAGE);
    assertThat(first % PAGE).isPositive().isEqualTo(placeInImage(p) % PAGE);
    assertThat(p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE) % PAGE).isZero();
    assertThat(p.anonymous(1) % PAGE).isZero();
  }

  /** Returns where the bytes of the program begin in the image that is in the ROM. */
  private static int placeInImage(TaskCalls p) {
    String image = new String(p.bytes(ROM, 4 * PAGE), StandardCharsets.ISO_8859_1);
    return image.indexOf(new String(PROGRAM, StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void dir10_bytesPastTheEndOfADirectMapping_areWhateverFollowsInTheStore(Profile profile)
      throws Exception {
    TaskCalls p = init(profile);
    long start = p.map(p.read("/rom/program"), 3 * PAGE, PROT_READ, MAP_PRIVATE);
    byte[] seen = p.bytes(start, 3 * PAGE);
    assertThat(Arrays.copyOf(seen, PROGRAM.length)).isEqualTo(PROGRAM);
    assertThat(new String(seen, StandardCharsets.ISO_8859_1)).contains("the next file");
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void romfs06_writable_isACopyPrivatelyAndEaccesShared(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/rom/program");
    long start = p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    assertThat(p.task().mapping(start).orElseThrow().region().kind()).isEqualTo(RegionKind.COPY);
    p.store(start, "changed");
    assertThat(p.content(file, 7)).isEqualTo(Arrays.copyOf(PROGRAM, 7));
    assertErrno(
        Errno.EACCES, "MMAP-14", () -> p.map(file, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED));
    assertErrno(Errno.EROFS, () -> p.write("/rom/program"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void romfs02_rangeBeyondTheLastPage_isEinvalAndNotCopied(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    int file = p.read("/rom/program");
    assertErrno(Errno.EINVAL, () -> p.map(file, 4 * PAGE, PROT_READ, MAP_PRIVATE));
    assertErrno(Errno.EINVAL, () -> p.map(file, PAGE, PROT_READ, MAP_PRIVATE, 3 * PAGE));
  }

  @Test
  void mtd11_privateReadOnlyOfRom_isDirectByTheDocumentAndEaccesBy612() throws Exception {
    TaskCalls document = init(Profile.DOCUMENT);
    int rom = document.read("/dev/mtd0ro");
    assertThat(document.map(rom, PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, PAGE))
        .isEqualTo(ROM + PAGE);
    TaskCalls linux = init(Profile.LINUX_6_12);
    int same = linux.read("/dev/mtd0ro");
    assertErrno(Errno.EACCES, () -> linux.map(same, PAGE, PROT_READ, MAP_PRIVATE));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mtd12_sharedMapping_isDirectInRamAndReadOnlyInRom(Profile profile) throws Exception {
    TaskCalls p = init(profile);
    long ram = p.map(p.write("/dev/mtd1"), PAGE, PROT_READ | PROT_WRITE, MAP_SHARED);
    assertThat(ram).isEqualTo(0x3000_0000L);
    p.store(ram, "through the mapping");
    assertThat(p.content(p.read("/dev/mtd1"), 7)).isEqualTo(p.bytes(ram, 7));
    assertThat(p.map(p.read("/dev/mtd0"), PAGE, PROT_READ, MAP_SHARED)).isEqualTo(ROM);
    assertErrno(Errno.EACCES, () -> p.write("/dev/mtd0"));
  }
}
