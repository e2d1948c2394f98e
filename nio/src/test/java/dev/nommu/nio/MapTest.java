package dev.nommu.nio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link FileChannel#map} maps, under the machine's rules. */
final class MapTest {
  private static final int PAGE = 4096;

  @RegisterExtension final Memory memory = new Memory();

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    return bytes;
  }

  /** The kernel hands out single pages from the highest address downwards. */
  private Path scattered() throws IOException {
    Path file = memory.path("/tmp/scattered");
    try (FileChannel channel = memory.open("/tmp/scattered")) {
      for (int page = 0; page < 3; page++) {
        channel.write(ByteBuffer.wrap(new byte[] {(byte) (page + 1)}), page * PAGE);
      }
    }
    return file;
  }

  @Test
  void readWriteMap_ofAnEmptyFile_gathersItsPagesAndIsTheFile() throws IOException {
    try (FileChannel channel = memory.open("/tmp/a")) {
      MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 2 * PAGE);
      assertEquals(2 * PAGE, channel.size());
      map.put(PAGE, (byte) 7);
      assertEquals(7, Files.readAllBytes(memory.path("/tmp/a"))[PAGE]);
      channel.write(ByteBuffer.wrap(new byte[] {9}), PAGE + 1);
      assertEquals(9, map.get(PAGE + 1));
      map.force();
    }
  }

  @Test
  void readWriteMap_isWhatATaskMapsShared() throws Exception {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = memory.open("/tmp/a")) {
      MemorySegment map = channel.map(MapMode.READ_WRITE, 0, PAGE, arena);
      Task task = memory.machine().init();
      int fd = task.open("/tmp/a", OpenFlags.O_RDWR);
      int protection = MmapArguments.PROT_READ | MmapArguments.PROT_WRITE;
      long address = task.mmap(0, PAGE, protection, MmapArguments.MAP_SHARED, fd, 0);
      task.memory(address, PAGE).set(JAVA_BYTE, 5, (byte) 55);
      assertEquals(55, map.get(JAVA_BYTE, 5));
      map.set(JAVA_BYTE, 6, (byte) 66);
      assertEquals(66, task.memory(address, PAGE).get(JAVA_BYTE, 6));
    }
  }

  @Test
  void readOnlyMap_ofPagesThatFollowEachOther_isTheFile() throws IOException {
    try (FileChannel channel = memory.open("/tmp/a")) {
      channel.map(MapMode.READ_WRITE, 0, 2 * PAGE);
      MappedByteBuffer map = channel.map(MapMode.READ_ONLY, PAGE - 1, 3);
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), PAGE - 1);
      assertThat(new byte[] {map.get(0), map.get(1), map.get(2)}).isEqualTo(new byte[] {1, 2, 3});
      assertThrows(ReadOnlyBufferException.class, () -> map.put(0, (byte) 0));
    }
  }

  @Test
  void readOnlyMap_ofPagesThatDoNotFollowEachOther_isASnapshot() throws IOException {
    try (FileChannel channel = FileChannel.open(scattered(), StandardOpenOption.READ);
        FileChannel writer = FileChannel.open(scattered(), StandardOpenOption.WRITE)) {
      MappedByteBuffer before = channel.map(MapMode.READ_ONLY, 0, 2 * PAGE + 1);
      writer.write(ByteBuffer.wrap(new byte[] {9}), PAGE);
      MappedByteBuffer after = channel.map(MapMode.READ_ONLY, 0, 2 * PAGE + 1);
      assertThat(new byte[] {before.get(0), before.get(PAGE), before.get(2 * PAGE)})
          .isEqualTo(new byte[] {1, 2, 3});
      assertThat(new byte[] {after.get(0), after.get(PAGE), after.get(2 * PAGE)})
          .isEqualTo(new byte[] {1, 9, 3});
    }
  }

  @Test
  void readWriteMap_ofPagesThatDoNotFollowEachOther_isRefusedWithRuleAndRemedy()
      throws IOException {
    Path file = scattered();
    try (FileChannel channel = memory.open("/tmp/scattered")) {
      FileSystemException refused =
          assertThrows(
              FileSystemException.class, () -> channel.map(MapMode.READ_WRITE, 0, 3 * PAGE));
      ErrnoException cause = (ErrnoException) refused.getCause();
      assertThat(refused.getMessage())
          .contains(file.toString())
          .contains("[" + cause.rule().orElseThrow() + "]")
          .contains("truncate it to 0");
      assertEquals(2 * PAGE + 1, channel.size());
      channel.truncate(0);
      channel.map(MapMode.READ_WRITE, 0, 3 * PAGE).put(0, (byte) 1);
    }
  }

  @Test
  void privateMap_isACopyThatCanBeWritten() throws IOException {
    byte[] bytes = bytes(3 * PAGE + 5);
    Files.write(memory.path("/tmp/a"), bytes);
    try (FileChannel channel = memory.open("/tmp/a")) {
      MappedByteBuffer map = channel.map(MapMode.PRIVATE, 3, 2 * PAGE);
      assertEquals(bytes[3], map.get(0));
      map.put(0, (byte) 99);
      assertThat(Files.readAllBytes(memory.path("/tmp/a"))).isEqualTo(bytes);
      MappedByteBuffer another = channel.map(MapMode.PRIVATE, 3, 1);
      assertEquals(bytes[3], another.get(0));
    }
  }

  @Test
  void map_beyondTheEndOfAChannelThatReads_isRefused() throws IOException {
    Files.write(memory.path("/tmp/a"), new byte[1]);
    try (FileChannel channel = FileChannel.open(memory.path("/tmp/a"), StandardOpenOption.READ)) {
      assertThrows(IOException.class, () -> channel.map(MapMode.READ_ONLY, 0, 2));
      assertThrows(NonWritableChannelException.class, () -> channel.map(MapMode.READ_WRITE, 0, 1));
      assertThrows(NonWritableChannelException.class, () -> channel.map(MapMode.PRIVATE, 0, 1));
    }
    try (FileChannel channel = FileChannel.open(memory.path("/tmp/a"), StandardOpenOption.WRITE)) {
      assertThrows(NonReadableChannelException.class, () -> channel.map(MapMode.READ_ONLY, 0, 1));
    }
  }

  @Test
  void map_ofNothing_isEmpty() throws IOException {
    try (FileChannel channel = memory.open("/tmp/a");
        Arena arena = Arena.ofConfined()) {
      assertEquals(0, channel.map(MapMode.READ_WRITE, 0, 0).capacity());
      assertEquals(0, channel.map(MapMode.READ_ONLY, 0, 0, arena).byteSize());
      assertEquals(0, channel.size());
    }
  }

  @Test
  void refusedMap_leavesTheFileAsItWas() throws IOException {
    Files.write(memory.path("/tmp/a"), new byte[PAGE]);
    try (FileChannel channel = memory.open("/tmp/a")) {
      assertThrows(FileSystemException.class, () -> channel.map(MapMode.READ_WRITE, 0, 5 * PAGE));
      assertEquals(PAGE, channel.size());
    }
  }

  @Test
  void cutOfAMappedFile_isRefused_untilTheArenaIsClosed() throws IOException {
    try (FileChannel channel = memory.open("/tmp/a")) {
      try (Arena arena = Arena.ofConfined()) {
        channel.map(MapMode.READ_WRITE, 0, 2 * PAGE, arena);
        FileSystemException refused =
            assertThrows(FileSystemException.class, () -> channel.truncate(1));
        assertThat(refused.getMessage()).contains("ETXTBSY").contains("TRUNC-06");
      }
      channel.truncate(1);
      assertEquals(1, channel.size());
    }
  }
}
