package dev.nommu.conformance;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Flash chips with a cramfs image in one partition, mapped in place: cramfs points the chips, so
 * that they are kept in read mode for as long as it is mounted, also by what is done to another
 * partition of the same chips.
 */
class PinnedFlashTest {
  private static final int MEMERASE = 0x40084d02;
  private static final long FLASH = 0x2000_0000L;
  private static final int BLOCK = 0x40000;
  private static final int SIZE = 8192;
  private static final String BOARD =
      """
      flash@20000000 {
        compatible = "cfi-flash"; bank-width = <4>; reg = <0x20000000 0x100000>;
        partitions {
          compatible = "fixed-partitions"; #address-cells = <1>; #size-cells = <1>;
          p0@0 { label = "image"; reg = <0 0x80000>; };
          p1@80000 { label = "free"; reg = <0x80000 0x80000>; };
        };
      };
      nommu {
        contents { flash { device = "/flash@20000000"; image = "flash.img"; }; };
        mounts { image { source = "mtd:image"; target = "/m"; type = "cramfs"; options = "ro"; }; };
      };
      """;

  private final RecordingSanitizer sanitizer = new RecordingSanitizer();
  private final byte[] content = new byte[SIZE];
  @TempDir private Path directory;

  private TestMachine boot(Profile profile) throws IOException {
    new Random(212).nextBytes(content);
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.write(tree.resolve("data"), content);
    CramfsWriter.write(
        tree, directory.resolve("flash.img"), CramfsOptions.DEFAULT.withInPlace(path -> true));
    return TestMachine.of(TestMachine.board(directory, "", BOARD), profile, sanitizer);
  }

  @ParameterizedTest
  @EnumSource
  void flash11_eraseOfAMappedChip_failsAndTheMappingGoesOnShowingData(Profile profile)
      throws Exception {
    try (TestMachine machine = boot(profile)) {
      Task task = machine.init();
      long address = mapData(task);
      int free = task.open("/dev/mtd1", OpenFlags.O_RDWR);
      assertErrno(Errno.EBUSY, () -> erase(task, free));
      assertThat(load(task, address)).isEqualTo(content);
      assertThat(task.memory(address, SIZE).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(content);
      assertThat(sanitizer.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void flash11_programOfAMappedChip_failsAndTheMappingGoesOnShowingData(Profile profile)
      throws Exception {
    try (TestMachine machine = boot(profile)) {
      Task task = machine.init();
      long address = mapData(task);
      int free = task.open("/dev/mtd1", OpenFlags.O_RDWR);
      assertErrno(Errno.EBUSY, () -> task.pwrite(free, MemorySegment.ofArray(new byte[4]), 0));
      assertThat(load(task, address)).isEqualTo(content);
      assertThat(sanitizer.findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void flash11_onceUnmounted_theChipCanBeErased(Profile profile) throws Exception {
    try (TestMachine machine = boot(profile)) {
      Task task = machine.init();
      task.munmap(mapData(task), SIZE);
      task.tree().umount("/m");
      int free = task.open("/dev/mtd1", OpenFlags.O_RDWR);
      erase(task, free);
    }
  }

  /** {@code /dev/mem} maps anything and pins nothing, on a real machine as well. */
  @ParameterizedTest
  @EnumSource
  void flash08_mappingOfDevMem_showsTheStatusThatAnEraseLeaves(Profile profile) throws Exception {
    try (TestMachine machine = boot(profile)) {
      Task task = machine.init();
      task.tree().umount("/m");
      int memory = task.open("/dev/mem", OpenFlags.O_RDWR);
      long address = task.mmap(0, BLOCK, PROT_READ, MAP_SHARED, memory, FLASH);
      int free = task.open("/dev/mtd1", OpenFlags.O_RDWR);
      erase(task, free);
      byte[] seen = new byte[4];
      task.load(address, MemorySegment.ofArray(seen));
      assertThat(seen).containsExactly(0x80, 0, 0x80, 0);
      assertThat(sanitizer.findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.STATUS_LOADED);
      task.pread(free, MemorySegment.ofArray(seen), 0);
      task.load(address, MemorySegment.ofArray(seen));
      assertThat(seen).as("the image's magic").containsExactly(0x45, 0x3d, 0xcd, 0x28);
    }
  }

  private static long mapData(Task task) throws ErrnoException {
    int file = task.open("/m/data", OpenFlags.O_RDONLY);
    long address = task.mmap(0, SIZE, PROT_READ, MAP_PRIVATE, file, 0);
    assertThat(task.mapping(address).orElseThrow().region().kind()).isEqualTo(RegionKind.STORE);
    assertThat(address).isBetween(FLASH, FLASH + BLOCK);
    task.close(file);
    return address;
  }

  private static byte[] load(Task task, long address) throws Exception {
    byte[] seen = new byte[SIZE];
    task.load(address, MemorySegment.ofArray(seen));
    return seen;
  }

  /** Erases the first block of an MTD. */
  private static void erase(Task task, int mtd) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment range = arena.allocate(8);
      range.set(ValueLayout.JAVA_INT, 4, BLOCK);
      task.descriptors()
          .ioctl(mtd, MEMERASE, 0, (address, length) -> range.asSlice(address, length));
    }
  }

  private static void assertErrno(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, failure -> assertThat(failure.errno()).isEqualTo(errno));
  }
}
