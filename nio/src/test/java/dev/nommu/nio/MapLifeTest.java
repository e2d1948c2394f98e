package dev.nommu.nio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.Signal;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long what {@link FileChannel#map} maps is there, and who else gets its pages: nobody. */
final class MapLifeTest {
  private static final int PAGE = 4096;

  @RegisterExtension final Memory memory = new Memory();

  private static MemorySegment mapped(Path file, byte value, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.READ,
            java.nio.file.StandardOpenOption.WRITE)) {
      MemorySegment map = channel.map(MapMode.READ_WRITE, 0, 2 * PAGE, arena);
      map.fill(value);
      return map;
    }
  }

  /** Lets new files have each page of RAM that is free. */
  private void fillAllRam() throws IOException {
    byte[] piece = new byte[PAGE];
    java.util.Arrays.fill(piece, (byte) 0xee);
    Path file = memory.path("/tmp/filler");
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(piece);
      }
    } catch (FileSystemException full) {
      assertTrue(full.getMessage().contains("ENOMEM") || full.getMessage().contains("ENOSPC"));
    }
  }

  private static void assertAll(byte value, MemorySegment map) {
    for (long at = 0; at < map.byteSize(); at++) {
      assertEquals(value, map.get(JAVA_BYTE, at));
    }
  }

  @Test
  void closedArena_endsTheMapping_andAnAccessThrows() throws IOException {
    MemorySegment map;
    try (Arena arena = Arena.ofShared()) {
      map = mapped(memory.path("/tmp/a"), (byte) 1, arena);
      assertEquals(1, memory.machine().regions().size());
    }
    assertEquals(0, memory.machine().regions().size());
    assertThrows(IllegalStateException.class, () -> map.get(JAVA_BYTE, 0));
  }

  @Test
  void pagesUnderAMapping_goToNoOtherFile_whenTheFileIsDeleted() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment map = mapped(memory.path("/tmp/a"), (byte) 1, arena);
      Files.delete(memory.path("/tmp/a"));
      fillAllRam();
      assertAll((byte) 1, map);
      Files.delete(memory.path("/tmp/filler"));
    }
    assertEquals(0, memory.machine().regions().size());
  }

  @Test
  void mapping_outlivesTheTaskThatMadeIt() throws Exception {
    Task child = memory.machine().init().spawn("child");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment map;
      try (NommuFileSystem files = NommuFileSystem.of(child)) {
        map = mapped(files.getPath("/tmp/a"), (byte) 1, arena);
      }
      memory.machine().init().processes().kill(child.pid(), Signal.SIGKILL);
      child.join();
      Files.delete(memory.path("/tmp/a"));
      fillAllRam();
      assertAll((byte) 1, map);
      assertTrue(memory.machine().check().isEmpty());
    }
  }

  @Test
  void mapping_showsTheLastBytes_whenTheMachineIsClosed() throws IOException {
    MappedByteBuffer buffer;
    Arena arena = Arena.ofShared();
    MemorySegment map = mapped(memory.path("/tmp/a"), (byte) 1, arena);
    try (FileChannel channel = memory.open("/tmp/b")) {
      buffer = channel.map(MapMode.READ_WRITE, 0, PAGE);
      buffer.put(0, (byte) 2);
    }
    MemorySegment all = memory.machine().memory().ramAt(0x8000_0000L, PAGE);
    memory.machine().close();
    assertAll((byte) 1, map);
    assertEquals(2, buffer.get(0));
    assertTrue(all.scope().isAlive());
    arena.close();
    assertThrows(IllegalStateException.class, () -> map.get(JAVA_BYTE, 0));
  }

  @Test
  void memory_goesBackToTheHost_withTheLastMapping() throws IOException {
    MemorySegment all;
    Arena arena = Arena.ofConfined();
    mapped(memory.path("/tmp/a"), (byte) 1, arena);
    all = memory.machine().memory().ramAt(0x8000_0000L, PAGE);
    memory.machine().close();
    assertTrue(all.scope().isAlive());
    arena.close();
    assertFalse(all.scope().isAlive());
  }

  @Test
  void unreachableBuffer_isUnmapped() throws Exception {
    map();
    Machine machine = memory.machine();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    while (!machine.regions().isEmpty() && Instant.now().isBefore(deadline)) {
      System.gc();
      Thread.onSpinWait();
    }
    assertEquals(0, machine.regions().size());
  }

  private void map() throws IOException {
    try (FileChannel channel = memory.open("/tmp/a")) {
      channel.map(MapMode.READ_WRITE, 0, PAGE).put(0, (byte) 2);
    }
  }

  @Test
  void pagesThatBuffersOccupy_areHadBack_whenMemoryIsShort() throws IOException {
    Files.write(memory.path("/tmp/a"), new byte[1 << 20]);
    try (FileChannel channel = memory.open("/tmp/a")) {
      for (int i = 0; i < 100; i++) {
        channel.map(MapMode.PRIVATE, 0, 1 << 20).put(0, (byte) i);
      }
    }
  }
}
