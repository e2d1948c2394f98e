package dev.nommu.romfs;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.PointedRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store in an array, which is strict about ranges and remembers what is pointed and read. */
final class FakeStore implements BackingStore {
  static final long BASE = 0x2200_0000L;

  /** Ranges that are pointed now, as {@code offset+length}. */
  final List<String> pointed = new ArrayList<>();

  /** How many bytes were read so far. */
  long bytesRead;

  private final Kind kind;
  private final MemorySegment memory;
  private final BackingDeviceInfo info;

  private FakeStore(Kind kind, MemorySegment memory, BackingDeviceInfo info) {
    this.kind = kind;
    this.memory = memory;
    this.info = info;
  }

  /** Returns an MTD of type RAM. */
  static FakeStore ram(byte[] bytes) {
    return ram(MemorySegment.ofArray(bytes));
  }

  /** Returns an MTD of type RAM. */
  static FakeStore ram(MemorySegment memory) {
    return new FakeStore(Kind.MTD, memory, BackingDeviceInfo.MEMORY);
  }

  /** Returns an MTD of type ROM. */
  static FakeStore rom(byte[] bytes) {
    return new FakeStore(Kind.MTD, MemorySegment.ofArray(bytes), BackingDeviceInfo.ROM);
  }

  /** Returns an MTD that can only be read, such as NOR flash. */
  static FakeStore flash(byte[] bytes) {
    return new FakeStore(Kind.MTD, MemorySegment.ofArray(bytes), BackingDeviceInfo.COPY);
  }

  /** Returns a disk. */
  static FakeStore disk(byte[] bytes) {
    return disk(MemorySegment.ofArray(bytes));
  }

  /** Returns a disk. */
  static FakeStore disk(MemorySegment memory) {
    return new FakeStore(Kind.BLOCK_DEVICE, memory, BackingDeviceInfo.COPY);
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public long size() {
    return memory.byteSize();
  }

  @Override
  public void read(MemorySegment into, long offset) throws ErrnoException {
    if (offset < 0 || into.byteSize() > size() - offset) {
      throw new ErrnoException(Errno.EIO, "store: read past the end");
    }
    bytesRead += into.byteSize();
    into.copyFrom(memory.asSlice(offset, into.byteSize()));
  }

  @Override
  public BackingDeviceInfo backingDeviceInfo() {
    return info;
  }

  @Override
  public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
    if (offset < 0 || length < 1 || length > size() - offset) {
      throw new ErrnoException(Errno.EINVAL, "store: point past the end");
    }
    if (!info.permits(MapCapability.MAP_DIRECT)) {
      return Optional.empty();
    }
    String range = offset + "+" + length;
    pointed.add(range);
    return Optional.of(PointedRange.at(BASE + offset, () -> pointed.remove(range)));
  }
}
