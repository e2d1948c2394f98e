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
import java.util.Optional;

/**
 * Zeroed host memory. Pages that {@code mmap} gets from the host are already zero, and cost nothing
 * until they are touched, but then a page fault each. {@code calloc} writes every byte of what it
 * reuses, as {@link Arena#allocate} always does, and has fewer page faults.
 */
@SuppressWarnings("restricted") // functions of the C library
public final class NativeMemory {
  private static final int BITS_PER_UNIT = 10;
  private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB", "PiB");

  private static final Source DENSE = new Calloc();
  private static final Source SPARSE =
      switch (System.getProperty("os.name")) {
        case "Linux" -> new Mmap(0x20);
        case "Mac OS X" -> new Mmap(0x1000);
        default -> DENSE;
      };

  private NativeMemory() {}

  /**
   * Returns zeroed memory for sparse use: on Linux and macOS, pages cost nothing until they are
   * touched. It is aligned to a page of the machine and freed when the arena is closed.
   *
   * @param what its purpose, for the message
   * @param bytes 1 or more
   * @throws ErrnoException ENOMEM if the host has too little address space
   */
  static MemorySegment reserve(String what, long bytes, Arena arena) throws ErrnoException {
    return from(SPARSE, what, bytes, arena);
  }

  /**
   * Returns zeroed memory that is mostly used, such as that of a device; otherwise as {@link
   * #reserve}.
   */
  public static MemorySegment allocate(String what, long bytes, Arena arena) throws ErrnoException {
    return from(DENSE, what, bytes, arena);
  }

  private static MemorySegment from(Source source, String what, long bytes, Arena arena)
      throws ErrnoException {
    long withMargin = bytes + Page.SIZE;
    MemorySegment memory = source.reserve(withMargin).orElseThrow(() -> refused(what, bytes));
    long margin = Page.align(memory.address()) - memory.address();
    return memory.reinterpret(withMargin, arena, source::release).asSlice(margin, bytes);
  }

  private static ErrnoException refused(String what, long bytes) {
    return new ErrnoException(
        Errno.ENOMEM, "the host refuses %s of %s".formatted(size(bytes), what));
  }

  /** Returns a size in the largest unit that divides it. */
  private static String size(long bytes) {
    int unit = Math.min(Long.numberOfTrailingZeros(bytes) / BITS_PER_UNIT, UNITS.size() - 1);
    return (bytes >> (unit * BITS_PER_UNIT)) + " " + UNITS.get(unit);
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  /** Functions of the C library that reserve and release memory. */
  private sealed interface Source {
    /** Returns zeroed memory of this size; empty if the host refuses. */
    Optional<MemorySegment> reserve(long bytes);

    /** Returns to the host all that one call of {@link #reserve} returned. */
    void release(MemorySegment memory);
  }

  private static final class Calloc implements Source {
    private static final MethodHandle CALLOC =
        function(
            "calloc",
            FunctionDescriptor.of(
                ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final MethodHandle FREE =
        function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

    @Override
    public Optional<MemorySegment> reserve(long bytes) {
      try {
        MemorySegment memory = (MemorySegment) CALLOC.invokeExact(bytes, 1L);
        return Optional.of(memory).filter(there -> there.address() != 0);
      } catch (Throwable impossible) {
        throw new AssertionError(impossible);
      }
    }

    @Override
    public void release(MemorySegment memory) {
      try {
        FREE.invokeExact(memory);
      } catch (Throwable impossible) {
        throw new AssertionError(impossible);
      }
    }
  }

  private static final class Mmap implements Source {
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE = 2;
    private static final long MAP_FAILED = -1;
    private static final MethodHandle MMAP =
        function(
            "mmap",
            FunctionDescriptor.of(
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP =
        function(
            "munmap",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));

    private final int flags;

    /** Uses the host's value of MAP_ANONYMOUS. */
    Mmap(int mapAnonymous) {
      this.flags = MAP_PRIVATE | mapAnonymous;
    }

    @Override
    public Optional<MemorySegment> reserve(long bytes) {
      try {
        MemorySegment memory =
            (MemorySegment)
                MMAP.invokeExact(MemorySegment.NULL, bytes, PROT_READ_WRITE, flags, -1, 0L);
        return Optional.of(memory).filter(there -> there.address() != MAP_FAILED);
      } catch (Throwable impossible) {
        throw new AssertionError(impossible);
      }
    }

    @Override
    public void release(MemorySegment memory) {
      int result;
      try {
        result = (int) MUNMAP.invokeExact(memory, memory.byteSize());
      } catch (Throwable impossible) {
        throw new AssertionError(impossible);
      }
      assert result == 0 : "munmap of " + memory;
    }
  }
}
