package dev.nommu.mtd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/** Bytes as texts in Latin-1. */
final class Texts {
  private Texts() {}

  /** Returns the bytes of a text as a segment. */
  static MemorySegment bytes(String text) {
    return MemorySegment.ofArray(text.getBytes(ISO_8859_1));
  }

  /** Returns the contents of a file. */
  static String read(MtdFile file, long offset, int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    long read = file.read(MemorySegment.ofArray(bytes), offset);
    return new String(bytes, 0, (int) read, ISO_8859_1);
  }

  /** Returns the contents of a store. */
  static String read(BackingStore store, long offset, int length) throws ErrnoException {
    byte[] bytes = new byte[length];
    store.read(MemorySegment.ofArray(bytes), offset);
    return new String(bytes, ISO_8859_1);
  }
}
