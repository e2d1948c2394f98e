package org.example.arraydisk;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Profile.class)
class ArrayDiskDriverTest {
  private static final int SIZE = 1 << 16;

  private final Machine machine;
  private final Task task;
  private final int fd;

  ArrayDiskDriverTest(Profile profile) throws Exception {
    machine = Machine.boot(Board.read(Path.of("board.dts")), profile, Strictness.STRICT);
    task = machine.init();
    fd = task.open("/dev/array0", OpenFlags.O_RDWR);
  }

  @AfterEach
  void machineIsSound() {
    try (machine) {
      assertEquals(List.of(), machine.check());
    }
  }

  private String read(long position, int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    assertEquals(length, task.pread(fd, MemorySegment.ofArray(bytes), position));
    return new String(bytes, UTF_8);
  }

  @Test
  void whatIsWritten_isRead() throws Exception {
    assertEquals(5, task.pwrite(fd, MemorySegment.ofArray("hello".getBytes(UTF_8)), 1000));
    assertEquals("\0hello\0", read(999, 7));
  }

  @Test
  void whatIsStoredThroughASharedMapping_isRead() throws Exception {
    long disk = task.mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    task.store(disk + 4, MemorySegment.ofArray("hello".getBytes(UTF_8)));
    assertEquals("hello", read(4, 5));
  }

  @Test
  void whatIsStoredThroughAPrivateMapping_isNot() throws Exception {
    long copy = task.mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    task.store(copy, MemorySegment.ofArray(new int[] {1234}));
    MemorySegment loaded = MemorySegment.ofArray(new int[1]);
    task.load(copy, loaded);
    assertEquals(1234, loaded.get(ValueLayout.JAVA_INT, 0));
    assertEquals("\0\0\0\0", read(0, 4));
  }

  @Test
  void writeAtTheEnd_isEnospc() {
    assertEquals(
        Errno.ENOSPC,
        assertThrows(
                ErrnoException.class,
                () -> task.pwrite(fd, MemorySegment.ofArray(new byte[1]), SIZE))
            .errno());
  }
}
