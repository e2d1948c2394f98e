package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.AllocatableFile;
import dev.nommu.api.AllocationFlag;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.Whence;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** Open devices with every slot, of which one is wrong. */
final class WrongDeviceSlots {
  private WrongDeviceSlots() {}

  /** All slots, which are right. */
  static class Slotted extends MemoryFile implements SeekableFile, Syncable {
    Slotted(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long seek(long position, long offset, Whence whence) throws ErrnoException {
      return SeekableFile.within(memory.byteSize(), position, offset, whence);
    }

    @Override
    public void fsync() throws ErrnoException {}
  }

  static final class CountingFromTheStart extends Slotted {
    CountingFromTheStart(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long seek(long position, long offset, Whence whence) throws ErrnoException {
      return super.seek(whence == Whence.CURRENT && offset > 0 ? 0 : position, offset, whence);
    }
  }

  static final class BeforeTheStart extends Slotted {
    BeforeTheStart(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long seek(long position, long offset, Whence whence) throws ErrnoException {
      return whence == Whence.CURRENT ? position + offset : super.seek(position, offset, whence);
    }
  }

  static final class Surprised extends Slotted {
    Surprised(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public long seek(long position, long offset, Whence whence) throws ErrnoException {
      if (whence == Whence.HOLE) {
        throw new UnsupportedOperationException("holes");
      }
      return super.seek(position, offset, whence);
    }
  }

  static final class SpoiltBySync extends Slotted {
    SpoiltBySync(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public void fsync() {
      memory.asSlice(3, 5).fill((byte) 0);
    }
  }

  static final class NeverKept extends Slotted {
    NeverKept(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public void fsync() throws ErrnoException {
      throw new ErrnoException(Errno.EINVAL, "nothing is kept");
    }
  }

  /** Has room for nothing, which nobody asks for. */
  static final class Allocating extends Slotted implements AllocatableFile {
    Allocating(AddressRange range, MemorySegment memory) {
      super(range, memory);
    }

    @Override
    public void allocate(Set<AllocationFlag> flags, long offset, long length) {
      throw new IllegalStateException("a device was asked for room");
    }
  }
}
