package dev.nommu.kernel.device;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import dev.nommu.kernel.pages.Territory;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;

/** Memory of a part whose contents persist in a file of the host. */
sealed interface KeptMemory extends Territory.Durable {
  /** Returns the memory. */
  MemorySegment memory();

  /**
   * Returns the first bytes of a file as memory. Where its file system can map it, the memory is
   * the file: if the process is killed, the file holds the part's contents of that moment, word for
   * word. Elsewhere changes are written to the file when {@link #sync} is called.
   *
   * @param length bytes; a shorter file is extended
   * @param filler the byte that extends the file
   * @param arena owns the memory until it is closed
   * @throws ErrnoException EIO
   */
  static KeptMemory of(ImageFile file, long length, byte filler, Arena arena)
      throws ErrnoException {
    file.extend(length, filler);
    Optional<MemorySegment> mapped = file.map(length, arena);
    if (mapped.isPresent()) {
      file.fillHoles(length);
      return new Mapped(file, mapped.get());
    }
    MemorySegment memory = arena.allocate(length);
    file.read(memory, 0);
    return new WrittenBack(file, memory);
  }

  /** The file itself. */
  record Mapped(ImageFile file, MemorySegment memory) implements KeptMemory {
    @Override
    public void sync() throws ErrnoException {
      file.requireLength(memory.byteSize());
      try {
        memory.force();
      } catch (UncheckedIOException failure) {
        throw HostFailure.ofDevice(
            "image " + file.name() + ": fsync", Objects.requireNonNull(failure.getCause()));
      }
      file.force();
    }
  }

  /** A copy of the file. */
  record WrittenBack(ImageFile file, MemorySegment memory) implements KeptMemory {
    private static final int CHUNK = 1 << 16;

    /** Writes the bytes that differ from the file, from low to high addresses. */
    @Override
    public synchronized void sync() throws ErrnoException {
      MemorySegment there = MemorySegment.ofArray(new byte[CHUNK]);
      for (long offset = 0; offset < memory.byteSize(); offset += CHUNK) {
        long length = Math.min(CHUNK, memory.byteSize() - offset);
        MemorySegment now = memory.asSlice(offset, length);
        file.read(there.asSlice(0, length), offset);
        if (now.mismatch(there.asSlice(0, length)) >= 0) {
          file.write(now, offset);
        }
      }
      file.force();
    }
  }
}
