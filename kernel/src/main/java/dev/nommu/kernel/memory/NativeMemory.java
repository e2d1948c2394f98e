package dev.nommu.kernel.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Zeroed host memory that costs nothing until it is touched: the C library's {@code calloc}, which
 * asks the host for pages that are zero already. {@link Arena#allocate} writes every byte.
 */
@SuppressWarnings("restricted") // two functions of the C library
final class NativeMemory {
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
   * Returns zeroed memory that is freed when the arena is closed.
   *
   * @param bytes 1 or more
   * @throws OutOfMemoryError if the host has not so much address space to give
   */
  static MemorySegment reserve(long bytes, Arena arena) {
    MemorySegment memory = calloc(bytes);
    if (memory.address() == 0) {
      throw new OutOfMemoryError("the host refuses to reserve " + bytes + " bytes");
    }
    return memory.reinterpret(bytes, arena, NativeMemory::free);
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
