package dev.nommu.riscv;

import dev.nommu.api.Access;
import dev.nommu.api.AccessFault;
import dev.nommu.api.PlainMemory;
import dev.nommu.api.ProcessorMemory;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Loads and stores of one hart: directly in the segment where memory is plain, through {@link
 * ProcessorMemory} elsewhere.
 */
final class DataMemory {
  private final ProcessorMemory memory;
  private final PlainPieces loads;
  private final PlainPieces stores;

  /** The memory of the last plain load, and of the last plain store. */
  private MemorySegment loaded = MemorySegment.NULL;

  private long loadedStart;
  private MemorySegment stored = MemorySegment.NULL;
  private long storedStart;

  DataMemory(ProcessorMemory memory) {
    this.memory = memory;
    this.loads = new PlainPieces(memory, Access.LOAD);
    this.stores = new PlainPieces(memory, Access.STORE);
  }

  /** Loads a byte, sign-extended. */
  long loadByte(long address) throws Trap {
    long offset = address - loadedStart;
    if (offset < 0 || offset >= loaded.byteSize()) {
      return (byte) loadElsewhere(address, 1);
    }
    return PlainWords.getByte(loaded, offset);
  }

  /** Loads 2 bytes, sign-extended. */
  long loadShort(long address) throws Trap {
    long offset = address - loadedStart;
    if (offset < 0 || offset > loaded.byteSize() - 2) {
      return (short) loadElsewhere(address, 2);
    }
    return PlainWords.getShort(loaded, offset);
  }

  /** Loads 4 bytes, sign-extended. */
  long loadInt(long address) throws Trap {
    long offset = address - loadedStart;
    if (offset < 0 || offset > loaded.byteSize() - 4) {
      return (int) loadElsewhere(address, 4);
    }
    return PlainWords.getInt(loaded, offset);
  }

  /** Loads 8 bytes. */
  long loadLong(long address) throws Trap {
    long offset = address - loadedStart;
    if (offset < 0 || offset > loaded.byteSize() - 8) {
      return loadElsewhere(address, 8);
    }
    return PlainWords.getLong(loaded, offset);
  }

  /** Stores the low byte of a value. */
  void storeByte(long address, long value) throws Trap {
    long offset = address - storedStart;
    if (offset < 0 || offset >= stored.byteSize()) {
      storeElsewhere(address, 1, value & 0xff);
    } else {
      PlainWords.setByte(stored, offset, value);
    }
  }

  /** Stores the low 2 bytes of a value. */
  void storeShort(long address, long value) throws Trap {
    long offset = address - storedStart;
    if (offset < 0 || offset > stored.byteSize() - 2) {
      storeElsewhere(address, 2, value & 0xffff);
    } else {
      PlainWords.setShort(stored, offset, value);
    }
  }

  /** Stores the low 4 bytes of a value. */
  void storeInt(long address, long value) throws Trap {
    long offset = address - storedStart;
    if (offset < 0 || offset > stored.byteSize() - 4) {
      storeElsewhere(address, 4, value & 0xffff_ffffL);
    } else {
      PlainWords.setInt(stored, offset, value);
    }
  }

  /** Stores 8 bytes. */
  void storeLong(long address, long value) throws Trap {
    long offset = address - storedStart;
    if (offset < 0 || offset > stored.byteSize() - 8) {
      storeElsewhere(address, 8, value);
    } else {
      PlainWords.setLong(stored, offset, value);
    }
  }

  /** Returns the memory of the last plain load. */
  MemorySegment loaded() {
    return loaded;
  }

  long loadedStart() {
    return loadedStart;
  }

  /** Returns the memory of the last plain store. */
  MemorySegment stored() {
    return stored;
  }

  long storedStart() {
    return storedStart;
  }

  /** Switches loads to the memory around a word; returns false if that is not plain. */
  boolean turnLoadsTo(long address, int width) {
    Optional<PlainMemory> piece = loads.find(address, width);
    piece.ifPresent(this::loadFrom);
    return piece.isPresent();
  }

  /** Switches stores to the memory around a word; returns false if that is not plain. */
  boolean turnStoresTo(long address, int width) {
    Optional<PlainMemory> piece = stores.find(address, width);
    piece.ifPresent(this::storeTo);
    return piece.isPresent();
  }

  private void loadFrom(PlainMemory piece) {
    loaded = piece.memory();
    loadedStart = piece.start();
  }

  private void storeTo(PlainMemory piece) {
    stored = piece.memory();
    storedStart = piece.start();
  }

  private long loadElsewhere(long address, int width) throws Trap {
    Optional<PlainMemory> piece = loads.find(address, width);
    if (piece.isPresent()) {
      loadFrom(piece.get());
      return word(piece.get(), address, width);
    }
    try {
      return isAligned(address, width) ? memory.load(address, width) : loadInPieces(address, width);
    } catch (AccessFault fault) {
      throw Trap.of(Access.LOAD, fault);
    }
  }

  private long loadInPieces(long address, int width) throws AccessFault {
    long value = 0;
    int piece;
    for (int done = 0; done < width; done += piece) {
      piece = widest(address + done, width - done);
      value |= loadAligned(address + done, piece) << (8 * done);
    }
    return value;
  }

  private long loadAligned(long address, int width) throws AccessFault {
    Optional<PlainMemory> piece = loads.find(address, width);
    long value =
        piece.isPresent() ? word(piece.get(), address, width) : memory.load(address, width);
    return value & (-1L >>> (64 - 8 * width));
  }

  private void storeElsewhere(long address, int width, long value) throws Trap {
    Optional<PlainMemory> piece = stores.find(address, width);
    if (piece.isPresent()) {
      storeTo(piece.get());
      setWord(piece.get(), address, width, value);
      return;
    }
    try {
      if (isAligned(address, width)) {
        memory.store(address, width, value);
      } else {
        storeInPieces(address, width, value);
      }
    } catch (AccessFault fault) {
      throw Trap.of(Access.STORE, fault);
    }
  }

  private void storeInPieces(long address, int width, long value) throws AccessFault {
    int piece;
    for (int done = 0; done < width; done += piece) {
      piece = widest(address + done, width - done);
      storeAligned(address + done, piece, (value >>> (8 * done)) & (-1L >>> (64 - 8 * piece)));
    }
  }

  private void storeAligned(long address, int width, long value) throws AccessFault {
    Optional<PlainMemory> piece = stores.find(address, width);
    if (piece.isPresent()) {
      setWord(piece.get(), address, width, value);
    } else {
      memory.store(address, width, value);
    }
  }

  private static boolean isAligned(long address, int width) {
    return (address & (width - 1)) == 0;
  }

  private static int widest(long address, int left) {
    long aligned = Long.lowestOneBit(address | Long.BYTES);
    return (int) Math.min(aligned, Integer.highestOneBit(left));
  }

  private static long word(PlainMemory from, long address, int width) {
    long offset = address - from.start();
    return switch (width) {
      case 1 -> PlainWords.getByte(from.memory(), offset);
      case 2 -> PlainWords.getShort(from.memory(), offset);
      case 4 -> PlainWords.getInt(from.memory(), offset);
      default -> PlainWords.getLong(from.memory(), offset);
    };
  }

  private static void setWord(PlainMemory to, long address, int width, long value) {
    long offset = address - to.start();
    switch (width) {
      case 1 -> PlainWords.setByte(to.memory(), offset, value);
      case 2 -> PlainWords.setShort(to.memory(), offset, value);
      case 4 -> PlainWords.setInt(to.memory(), offset, value);
      default -> PlainWords.setLong(to.memory(), offset, value);
    }
  }
}
