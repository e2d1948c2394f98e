package dev.nommu.blockdev;

import dev.nommu.api.BackingStore;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/**
 * A disk behind a virtio transport. It is not addressable, regardless of its store: it is mapped by
 * copying only (rules BLK-01 and BLK-02).
 *
 * @param store its contents
 */
record VirtioDisk(BackingStore store) implements BlockDevice {

  @Override
  public long size() {
    return store.size();
  }

  @Override
  public boolean isReadOnly() {
    return store.isReadOnly();
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    store.read(into, offset);
  }

  @Override
  public void write(MemorySegment from, long offset) throws ErrnoException {
    store.write(from, offset);
  }

  @Override
  public void flush() throws ErrnoException {
    store.flush();
  }

  /** Flushes, as the last close of a block device does. */
  @Override
  public void released() throws ErrnoException {
    store.flush();
  }
}
