package dev.nommu.mtd;

import dev.nommu.api.DeviceWindow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The bus to equal flash chips that are side by side. Addresses are in words of the bus, which are
 * words of the chips too; a command goes to all chips at once.
 *
 * @param window what answers
 * @param width bytes in a word of the bus: 1, 2, 4 or 8
 * @param chipWidth bytes in a word of a chip
 */
record CfiBus(DeviceWindow window, int width, int chipWidth) {
  /** Returns how many chips there are (the interleave of {@code cfi.h}). */
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

  /** Gives all chips a command. */
  void command(long address, long code) {
    write(address, forAll(code));
  }

  /** Does a write cycle. */
  void write(long address, long word) {
    window.store(address * width, width, word);
  }

  /** Does a read cycle. */
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
