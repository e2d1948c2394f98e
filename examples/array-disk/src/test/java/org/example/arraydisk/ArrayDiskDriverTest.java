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
import dev.nommu.junit.Board;
import dev.nommu.junit.Profiles;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

@Board("board.dts")
@Profiles
class ArrayDiskDriverTest {
  private static final int SIZE = 1 << 16;

  private static int open(Task task) throws ErrnoException {
    return task.open("/dev/array0", OpenFlags.O_RDWR);
  }

  private static String read(Task task, long position, int length) throws ErrnoException {
    int fd = open(task);
    byte[] bytes = new byte[length];
    assertEquals(length, task.pread(fd, MemorySegment.ofArray(bytes), position));
    return new String(bytes, UTF_8);
  }

  @Test
  void whatIsWritten_isRead(Task task) throws Exception {
    int fd = open(task);
    assertEquals(5, task.pwrite(fd, MemorySegment.ofArray("hello".getBytes(UTF_8)), 1000));
    assertEquals("\0hello\0", read(task, 999, 7));
  }

  @Test
  void whatIsStoredThroughASharedMapping_isRead(Task task) throws Exception {
    int fd = open(task);
    long disk = task.mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    task.store(disk + 4, MemorySegment.ofArray("hello".getBytes(UTF_8)));
    assertEquals("hello", read(task, 4, 5));
  }

  @Test
  void whatIsStoredThroughAPrivateMapping_isNot(Task task) throws Exception {
    int fd = open(task);
    long copy = task.mmap(0, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    task.store(copy, MemorySegment.ofArray(new int[] {1234}));
    MemorySegment loaded = MemorySegment.ofArray(new int[1]);
    task.load(copy, loaded);
    assertEquals(1234, loaded.get(ValueLayout.JAVA_INT, 0));
    assertEquals("\0\0\0\0", read(task, 0, 4));
  }

  @Test
  void writeAtTheEnd_isEnospc(Task task) throws Exception {
    int fd = open(task);
    assertEquals(
        Errno.ENOSPC,
        assertThrows(
                ErrnoException.class,
                () -> task.pwrite(fd, MemorySegment.ofArray(new byte[1]), SIZE))
            .errno());
  }
}
