package dev.nommu.blockdev;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Operations shared by the tests of this room. */
final class Blocks {
  private Blocks() {}

  static void write(BackingStore store, String text, long offset) throws ErrnoException {
    store.write(MemorySegment.ofArray(text.getBytes(ISO_8859_1)), offset);
  }

  static String read(BackingStore store, int length, long offset) throws ErrnoException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'j');
    store.read(MemorySegment.ofArray(bytes), offset);
    return new String(bytes, ISO_8859_1);
  }
}
