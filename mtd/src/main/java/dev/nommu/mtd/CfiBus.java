package dev.nommu.mtd;

import dev.nommu.api.DeviceWindow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The bus to identical flash chips side by side. Addresses count words of the bus, and so words of
 * each chip; a command goes to all chips at once.
 *
 * @param window the window of the chips
 * @param width bytes in a word of the bus: 1, 2, 4 or 8
 * @param chipWidth bytes in a word of a chip
 */
record CfiBus(DeviceWindow window, int width, int chipWidth) {
  /** Returns the number of chips (the interleave of {@code cfi.h}). */
  int chips() {
    return width / chipWidth;
  }

  /** Returns a word that has the same value for each chip. */
  long forAll(long value) {
    long word = 0;
    for (int chip = 0; chip < chips(); chip++) {
      word |= value << (8 * chipWidth * chip);
    }
    return word;
  }

  /** Sends a command to all chips. */
  void command(long address, long code) {
    write(address, forAll(code));
  }

  /** Performs a write cycle. */
  void write(long address, long word) {
    window.store(address * width, width, word);
  }

  /** Performs a read cycle. */
  long read(long address) {
    return window.load(address * width, width);
  }

  /** Returns whether a bit is set in the words of all chips. */
  boolean allHave(long word, long bit) {
    return (word & forAll(bit)) == forAll(bit);
  }

  /** Returns whether a bit is set in the word of any chip. */
  boolean anyHas(long word, long bit) {
    return (word & forAll(bit)) != 0;
  }

  /** Reads bytes as the chips show them. */
  void copy(long offset, MemorySegment into) {
    Optional<MemorySegment> memory = window.memory();
    if (memory.isPresent()) {
      into.copyFrom(memory.get().asSlice(offset, into.byteSize()));
      return;
    }
    for (long index = 0; index < into.byteSize(); index++) {
      into.set(ValueLayout.JAVA_BYTE, index, (byte) window.load(offset + index, 1));
    }
  }
}
