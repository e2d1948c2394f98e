package dev.nommu.image;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/** The bytes of a block device or MTD. */
record StoreSource(BackingStore store) implements ByteSource {
  @Override
  public long size() {
    return store.size();
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    store.read(into, offset);
  }
}
