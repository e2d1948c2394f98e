package dev.nommu.tck.device;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.PointedRange;
import dev.nommu.api.UserMemory;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Disks that each do one thing wrong. */
final class WrongDisks {
  private static final int SECTOR = 512;

  private WrongDisks() {}

  static final class WholeSectors extends MemoryDisk {
    WholeSectors(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void read(MemorySegment into, long offset) throws ErrnoException {
      super.read(into, offset < size() ? offset / SECTOR * SECTOR : offset);
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
      return super.point(offset < size() ? offset / SECTOR * SECTOR : offset, length);
    }
  }

  static final class Clipping extends MemoryDisk {
    Clipping(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void read(MemorySegment into, long offset) throws ErrnoException {
      long count = Math.clamp(size() - offset, 0, into.byteSize());
      super.read(into.asSlice(0, count), Math.min(offset, size()));
    }
  }

  static final class Careless extends MemoryDisk {
    Careless(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void write(MemorySegment from, long offset) {
      memory.asSlice(offset, from.byteSize()).copyFrom(from);
    }
  }

  static final class Growing extends MemoryDisk {
    private long reads;

    Growing(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public boolean isReadOnly() {
      return reads > 0;
    }

    @Override
    public void read(MemorySegment into, long offset) throws ErrnoException {
      super.read(into, offset);
      reads++;
    }
  }

  static final class Unflushed extends MemoryDisk {
    Unflushed(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void flush() throws ErrnoException {
      throw failure(Errno.EIO, 0);
    }
  }

  static final class AtItsStart extends MemoryDisk {
    AtItsStart(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
      return super.point(offset, length).map(range -> PointedRange.at(address));
    }
  }

  static final class Endless extends MemoryDisk {
    Endless(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) {
      return Optional.of(PointedRange.at(address + offset));
    }
  }

  static final class Pointless extends MemoryDisk {
    Pointless(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) {
      return Optional.empty();
    }
  }

  static final class Pinned extends MemoryDisk {
    private boolean isPinned;

    Pinned(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void write(MemorySegment from, long offset) throws ErrnoException {
      if (isPinned) {
        throw failure(Errno.EBUSY, offset);
      }
      super.write(from, offset);
    }

    @Override
    public Optional<PointedRange> point(long offset, long length) throws ErrnoException {
      Optional<PointedRange> range = super.point(offset, length);
      isPinned = true;
      return range;
    }
  }

  static final class Halving extends MemoryDisk {
    Halving(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void write(MemorySegment from, long offset) throws ErrnoException {
      super.write(from, offset);
      memory.asSlice(offset + from.byteSize() / 2, from.byteSize() / 2).fill((byte) 0);
    }
  }

  static final class Unsaid extends MemoryDisk {
    Unsaid(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void write(MemorySegment from, long offset) throws ErrnoException {
      throw failure(Errno.EROFS, offset);
    }
  }

  static final class Written extends MemoryDisk {
    Written(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }
  }

  static final class Forgetful extends MemoryDisk {
    Forgetful(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void released() {
      memory.fill((byte) 0);
    }
  }

  static final class Closing extends MemoryDisk {
    Closing(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public void released() {
      throw new IllegalStateException("closed");
    }
  }

  static final class OddBlocks extends MemoryDisk {
    OddBlocks(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public int physicalBlockSize() {
      return 1000;
    }
  }

  static final class Obliging extends MemoryDisk {
    Obliging(MemorySegment memory, long address) {
      super(memory, address);
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) {
      return 0;
    }
  }
}
