package dev.nommu.snippets;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_EXEC;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.task.Task;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Profile.class)
class GreetingContractTest {
  private final Machine machine;
  private final Task task;
  private final int fd;

  GreetingContractTest(Profile profile) throws Exception {
    Board board = Board.read(Path.of("greeting.dts"));
    machine = Machine.boot(board, profile, Strictness.STRICT);
    task = machine.init();
    fd = task.open("/dev/greeting", OpenFlags.O_RDWR);
  }

  @AfterEach
  void machineIsSound() {
    try (machine) {
      assertEquals(List.of(), machine.check());
    }
  }

  @Test
  void dir02_sharedMapping_liesInTheDevice() throws Exception {
    long address = task.mmap(0, 4096, PROT_READ, MAP_SHARED, fd, 0);
    assertEquals(0x10000000, address);
    assertEquals("good morning", task.memory(address, 4096).getString(0));
  }

  @Test
  void bdi05_execution_isNotPermittedByDefault() {
    assertEquals(Errno.EINVAL, errnoOf(PROT_READ | PROT_EXEC, MAP_SHARED, 4096));
  }

  @Test
  void mmap19_privateWritable_wouldNeedACopy() {
    assertEquals(Errno.ENODEV, errnoOf(PROT_READ | PROT_WRITE, MAP_PRIVATE, 4096));
  }

  @Test
  void dir03_tooLong_isRefused() {
    assertEquals(Errno.EINVAL, errnoOf(PROT_READ, MAP_SHARED, 8192));
  }

  private Errno errnoOf(int protection, int flags, long length) {
    return assertThrows(ErrnoException.class, () -> task.mmap(0, length, protection, flags, fd, 0))
        .errno();
  }
}
