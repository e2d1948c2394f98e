package dev.nommu.kernel.memory;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * Zeroed host memory that costs nothing until it is touched: the C library's {@code calloc} gets
 * pages from the host that are already zero. {@link Arena#allocate} writes every byte.
 */
@SuppressWarnings("restricted") // two functions of the C library
public final class NativeMemory {
  private static final int BITS_PER_UNIT = 10;
  private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final MethodHandle CALLOC =
      function(
          "calloc",
          FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  private static final MethodHandle FREE =
      function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  private NativeMemory() {}

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  /**
   * Returns zeroed memory, aligned to a page of the host and freed when the arena is closed.
   *
   * @param what its purpose, for the message
   * @param bytes 1 or more
   * @throws ErrnoException ENOMEM if the host has too little address space
   */
  public static MemorySegment reserve(String what, long bytes, Arena arena) throws ErrnoException {
    long withMargin = bytes + Page.SIZE;
    MemorySegment memory = calloc(withMargin);
    if (memory.address() == 0) {
      throw new ErrnoException(
          Errno.ENOMEM, "the host refuses %s of %s".formatted(size(bytes), what));
    }
    long margin = Page.align(memory.address()) - memory.address();
    return memory.reinterpret(withMargin, arena, NativeMemory::free).asSlice(margin, bytes);
  }

  /** Returns a size in the largest unit that divides it. */
  private static String size(long bytes) {
    int unit = Math.min(Long.numberOfTrailingZeros(bytes) / BITS_PER_UNIT, UNITS.size() - 1);
    return (bytes >> (unit * BITS_PER_UNIT)) + " " + UNITS.get(unit);
  }

  private static MemorySegment calloc(long bytes) {
    try {
      return (MemorySegment) CALLOC.invokeExact(bytes, 1L);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void free(MemorySegment memory) {
    try {
      FREE.invokeExact(memory);
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
