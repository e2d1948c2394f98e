package dev.nommu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nommu.api.Attributes;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies at the boundaries of the mapping rules, on the recorded machine. */
final class BoundariesTest {
  private static final int FIGETBSZ = 2;
  private static final int PAGE = 4096;

  @ParameterizedTest
  @CsvSource({
    "/dev/mem, 0xfffffffffffff000, 0x1000",
    "/dev/mem, 0x7ffffffffffff000, 0x1000",
    "/dev/mem, 0x8000000000000000, 0",
    "/dev/fb0, 0x8000000000000000, 0",
    "/dev/fb0, 0xfffffffffffff000, 0",
    "/dev/mtd8, 0x8000000000000000, 0",
    "/dev/ram0, 0x8000000000000000, 0",
    "/m/romfs_rom/big.bin, 0x8000000000000000, 0",
    "/m/cramfs_rom/split.bin, 0x8000000000000000, 0",
    "/m/cramfs_rom/split.bin, 0x1000, 0x8000000000000000",
  })
  void dir12_lengthNear2To63_isRefusedWithoutBlame(String path, String length, String offset)
      throws Exception {
    for (Profile profile : Profile.values()) {
      try (Machine machine = Machine.boot(RecordedScenario.board(), profile)) {
        Task task = machine.init();
        int file = task.open(path, OpenFlags.O_RDONLY);
        ErrnoException refused =
            refusal(() ->
                task.mmap(
                    0,
                    number(length),
                    MmapArguments.PROT_READ,
                    MmapArguments.MAP_SHARED,
                    file,
                    number(offset)));
        assertThat(refused.errno()).isIn(Errno.EINVAL, Errno.ENODEV);
        assertThat(task.memoryMap().size()).isZero();
        assertThat(machine.check()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void mmap09_negativeOffset_isTheEndOfWhatThereIs(Profile profile) throws Exception {
    try (Machine machine = Machine.boot(RecordedScenario.board(), profile)) {
      Task task = machine.init();
      assertThat(refusal(() -> anonymous(task, -PAGE)).errno()).isEqualTo(Errno.EOVERFLOW);
      assertThat(anonymous(task, -2 * PAGE)).isPositive();
      int memory = task.open("/dev/mem", OpenFlags.O_RDONLY);
      assertThat(
              refusal(() ->
                      task.mmap(
                          0,
                          PAGE,
                          MmapArguments.PROT_READ,
                          MmapArguments.MAP_SHARED,
                          memory,
                          -2 * PAGE))
                  .errno())
          .isEqualTo(Errno.EINVAL);
    }
  }

  private static long anonymous(Task task, long offset) throws ErrnoException {
    int flags = MmapArguments.MAP_PRIVATE | MmapArguments.MAP_ANONYMOUS;
    return task.mmap(0, PAGE, MmapArguments.PROT_READ, flags, -1, offset);
  }

  @ParameterizedTest
  @EnumSource
  void memf12_holeThatWasRead_canBeMappedShared(Profile profile) throws Exception {
    try (Machine machine = Machine.boot(RecordedScenario.board(), profile);
        Arena arena = Arena.ofConfined()) {
      Task task = machine.init();
      int file = task.open("/tmp/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
      task.pwrite(file, arena.allocate(1), 3 * PAGE);
      assertThat(refusal(() -> shared(task, file, 0)).errno()).isEqualTo(Errno.ENODEV);
      task.pread(file, arena.allocate(1), 0);
      assertThat(shared(task, file, 0)).isPositive();
      task.mmap(0, PAGE, MmapArguments.PROT_READ, MmapArguments.MAP_PRIVATE, file, PAGE);
      assertThat(shared(task, file, PAGE)).isPositive();
      assertThat(refusal(() -> shared(task, file, 2 * PAGE)).errno()).isEqualTo(Errno.ENODEV);
      assertThat(machine.check()).isEmpty();
    }
  }

  private static long shared(Task task, int file, long offset) throws ErrnoException {
    return task.mmap(0, PAGE, MmapArguments.PROT_READ, MmapArguments.MAP_SHARED, file, offset);
  }

  @Test
  void file09_blockSize_isThatOfTheFileSystem() throws Exception {
    try (Machine machine = Machine.boot(RecordedScenario.board(), Profile.LINUX_6_12)) {
      Task task = machine.init();
      assertThat(blockSize(task, "/tmp")).isEqualTo(PAGE);
      assertThat(blockSize(task, "/dev/mtd8")).isEqualTo(PAGE);
      assertThat(blockSize(task, "/m/romfs_rom/big.bin")).isEqualTo(1024);
      assertThat(blockSize(task, "/proc/maps")).isEqualTo(1024);
      assertThat(refusal(() -> blockSize(task, "/m/cramfs_rom/big.bin")).errno())
          .isEqualTo(Errno.EINVAL);
      assertThat(blockSize(task, "/m/cramfs_blk/big.bin")).isEqualTo(PAGE);
    }
  }

  @Test
  void file11_blockSizeOfACramfs_isThatOfWhatItLiesOn() throws Exception {
    try (Machine machine = Machine.boot(RecordedScenario.board(), Profile.LINUX_6_12)) {
      Task task = machine.init();
      Attributes onMtd = task.tree().stat("/m/cramfs_rom/comp.bin").attributes();
      assertThat(onMtd.blockSize()).isEqualTo(1);
      assertThat(onMtd.blocks()).isEqualTo(17);
      assertThat(task.tree().stat("/m/cramfs_blk/comp.bin").attributes().blockSize())
          .isEqualTo(PAGE);
    }
  }

  private static int blockSize(Task task, String path) throws ErrnoException, MemoryFault {
    int file = task.open(path, OpenFlags.O_RDONLY);
    long answer = anonymous(task, 0);
    task.ioctl(file, FIGETBSZ, answer);
    return task.memory(answer, Integer.BYTES).get(ValueLayout.JAVA_INT_UNALIGNED, 0);
  }

  private static ErrnoException refusal(ThrowingCallable call) {
    return catchThrowableOfType(ErrnoException.class, call);
  }

  private static long number(String hex) {
    return Long.parseUnsignedLong(hex.replace("0x", ""), 16);
  }
}
