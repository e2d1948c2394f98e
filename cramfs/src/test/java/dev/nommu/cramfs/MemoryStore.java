package dev.nommu.cramfs;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store in memory that writes down what it is asked for. */
final class MemoryStore implements BackingStore {
  /** Where an addressable store is. */
  static final long ADDRESS = 0x2000_0000L;

  final List<String> calls = new ArrayList<>();
  long bytesRead;
  int reads;
  private final byte[] bytes;
  private final boolean addressable;

  private MemoryStore(byte[] bytes, boolean addressable) {
    this.bytes = bytes;
    this.addressable = addressable;
  }

  /** A disk. */
  static MemoryStore disk(byte[] bytes) {
    return new MemoryStore(bytes, false);
  }

  /** A flash chip or ROM. */
  static MemoryStore chip(byte[] bytes) {
    return new MemoryStore(bytes, true);
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    requireInside(offset, into.byteSize(), Errno.EIO);
    reads++;
    bytesRead += into.byteSize();
    into.copyFrom(MemorySegment.ofArray(bytes).asSlice(offset, into.byteSize()));
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    requireInside(offset, length, Errno.EINVAL);
    calls.add("point " + offset + " " + length);
    Runnable unpoint = () -> calls.add("unpoint " + offset + " " + length);
    return addressable ? Optional.of(PointedRange.at(ADDRESS + offset, unpoint)) : Optional.empty();
  }

  private void requireInside(long offset, long length, Errno errno) throws ErrnoException {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new ErrnoException(
          errno, "store of %d bytes: %d at %d".formatted(bytes.length, length, offset));
    }
  }
}
