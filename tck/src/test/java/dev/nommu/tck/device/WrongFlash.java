package dev.nommu.tck.device;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Flash of which each does one thing wrong. */
final class WrongFlash {
  private WrongFlash() {}

  static final class NoErase extends MemoryFlash {
    @Override
    int[] info() {
      return new int[] {3, 0x1c00, SIZE, BLOCK, 1};
    }
  }

  static final class NotWriteable extends MemoryFlash {
    @Override
    int[] info() {
      return new int[] {3, 0x800, SIZE, BLOCK, 1};
    }
  }

  static final class Shut extends MemoryFlash {
    @Override
    boolean isOpenedForWriting() {
      return false;
    }
  }

  static final class Endless extends MemoryFlash {
    @Override
    long read(MemorySegment into, long position) {
      super.read(into, position);
      return into.byteSize();
    }
  }

  static final class Swallowing extends MemoryFlash {
    @Override
    long write(MemorySegment from, long position) throws ErrnoException {
      return position < SIZE ? super.write(from, position) : from.byteSize();
    }
  }

  static final class Gap extends MemoryFlash {
    @Override
    int[][] regions() {
      return new int[][] {{0, BLOCK, 1}, {2 * BLOCK, BLOCK, 2}};
    }
  }

  static final class LargePages extends MemoryFlash {
    @Override
    int[] info() {
      return new int[] {3, 0xc00, SIZE, BLOCK, 2 * BLOCK};
    }
  }

  static final class NeverBad extends MemoryFlash {
    @Override
    long isBad(long offset) {
      return 0;
    }
  }

  static final class Obliging extends MemoryFlash {
    @Override
    long unknown(int command) {
      return 0;
    }
  }

  static final class WholeWords extends MemoryFlash {
    @Override
    void program(long position, byte value) {
      super.program(position, value);
      super.program(position ^ 1, value);
    }
  }

  static final class Zeros extends MemoryFlash {
    @Override
    void erase(long start, long length) throws ErrnoException {
      super.erase(start, length);
      cells.asSlice(start, length).fill((byte) 0);
    }
  }

  static final class Twice extends MemoryFlash {
    @Override
    void erase(long start, long length) throws ErrnoException {
      super.erase(start, length);
      super.erase(start, start + 2 * length <= SIZE ? 2 * length : length);
    }
  }

  static final class Rounding extends MemoryFlash {
    @Override
    void erase(long start, long length) throws ErrnoException {
      super.erase(start / BLOCK * BLOCK, (length + BLOCK - 1) / BLOCK * BLOCK);
    }
  }

  static final class Open extends MemoryFlash {
    @Override
    void requireWriting(boolean writes) {}
  }

  static final class Memory extends MemoryFlash {
    @Override
    void program(long position, byte value) {
      cells.set(ValueLayout.JAVA_BYTE, position, value);
    }
  }
}
