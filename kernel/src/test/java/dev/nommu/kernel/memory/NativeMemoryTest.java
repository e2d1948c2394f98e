package dev.nommu.kernel.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host memory, reserved for sparse use or allocated for dense use. */
final class NativeMemoryTest {
  private static final long SMALL = 64 << 10;
  private static final long LARGE = 16 << 20;

  @ParameterizedTest
  @ValueSource(longs = {1, SMALL, LARGE, LARGE + 1})
  void memory_thatWasWrittenAndFreed_comesBackZeroedAndAligned(long bytes) throws Exception {
    for (int round = 0; round < 10; round++) {
      try (Arena arena = Arena.ofConfined()) {
        requireZeroAndAligned(NativeMemory.reserve("RAM", bytes, arena), bytes);
        requireZeroAndAligned(NativeMemory.allocate("flash", bytes, arena), bytes);
      }
    }
  }

  private static void requireZeroAndAligned(MemorySegment memory, long bytes) {
    assertThat(memory.byteSize()).isEqualTo(bytes);
    assertThat(memory.address() % Page.SIZE).isZero();
    assertThat(memory.mismatch(MemorySegment.ofArray(new byte[(int) bytes]))).isEqualTo(-1);
    memory.fill((byte) 0xff);
  }

  /** The C library keeps freed memory of this size, and zeroes it before it hands it out again. */
  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void memory_thatIsReservedAgain_isNotResidentUntilItIsTouched() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (Arena arena = Arena.ofConfined()) {
        NativeMemory.reserve("RAM", LARGE, arena);
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = NativeMemory.reserve("RAM", LARGE, arena);
      assertThat(resident(memory)).isZero();
      memory.set(JAVA_BYTE, LARGE / 2, (byte) 1);
      assertThat(resident(memory)).isPositive().isLessThan(LARGE);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void memory_thatIsFreed_isReturnedToTheHost() throws Exception {
    MemorySegment freed;
    try (Arena arena = Arena.ofConfined()) {
      freed = NativeMemory.reserve("RAM", LARGE, arena);
      freed.fill((byte) 1);
      assertThat(resident(freed)).isEqualTo(LARGE);
    }
    assertThat(resident(freed)).isLessThan(LARGE);
  }

  @Test
  void moreThanThereIs_isEnomemWithTheSize() {
    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> NativeMemory.reserve("RAM", 1L << 60, arena))
          .isInstanceOf(ErrnoException.class)
          .hasMessageContaining("1024 PiB of RAM")
          .extracting(failure -> ((ErrnoException) failure).errno())
          .isEqualTo(Errno.ENOMEM);
    }
  }

  /** Returns how many bytes of a range have pages of the host, of 4 KiB, as pagemap(5) says. */
  private static long resident(MemorySegment memory) throws IOException {
    int pages = (int) (memory.byteSize() / Page.SIZE);
    ByteBuffer entries = ByteBuffer.allocate(pages * Long.BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel pagemap = FileChannel.open(Path.of("/proc/self/pagemap"))) {
      pagemap.read(entries, memory.address() / Page.SIZE * Long.BYTES);
    }
    LongBuffer words = entries.flip().asLongBuffer();
    long present =
        LongStream.generate(words::get).limit(words.remaining()).filter(w -> w < 0).count();
    return present * Page.SIZE;
  }
}
