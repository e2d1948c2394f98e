package dev.nommu.tck.device;

import dev.nommu.api.BackingStore;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.UserMemory;
import dev.nommu.api.WritableFile;
import dev.nommu.tck.device.Control.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** NOR flash of four blocks in an array, which does everything right. */
class MemoryFlash {
  static final int BLOCK = 0x400;
  static final int SIZE = 4 * BLOCK;

  private static final int INFO_SIZE = 32;

  final MemorySegment cells = MemorySegment.ofArray(new byte[SIZE]);

  /** Returns type, flags, size, erase size and write size. */
  int[] info() {
    return new int[] {3, 0xc00, SIZE, BLOCK, 1};
  }

  /** Returns offset, block size and number of blocks of each region. */
  int[][] regions() {
    return new int[][] {{0, BLOCK, 4}};
  }

  boolean isOpenedForWriting() {
    return true;
  }

  BackingStore store() {
    return new DiskOfCells(cells);
  }

  long read(MemorySegment into, long position) {
    long count = Math.clamp(SIZE - position, 0, into.byteSize());
    MemorySegment.copy(cells, Math.min(position, SIZE), into, 0, count);
    return count;
  }

  long write(MemorySegment from, long position) throws ErrnoException {
    if (position >= SIZE) {
      throw failure(Errno.ENOSPC);
    }
    long count = Math.min(from.byteSize(), SIZE - position);
    for (long at = 0; at < count; at++) {
      program(position + at, from.get(ValueLayout.JAVA_BYTE, at));
    }
    return count;
  }

  void program(long position, byte value) {
    byte old = cells.get(ValueLayout.JAVA_BYTE, position);
    cells.set(ValueLayout.JAVA_BYTE, position, (byte) (old & value));
  }

  void erase(long start, long length) throws ErrnoException {
    if (start >= SIZE || length > SIZE - start || (start | length) % BLOCK != 0) {
      throw failure(Errno.EINVAL);
    }
    cells.asSlice(start, length).fill((byte) 0xff);
  }

  long isBad(long offset) throws ErrnoException {
    if (offset >= SIZE) {
      throw failure(Errno.EINVAL);
    }
    return 0;
  }

  long unknown(int command) throws ErrnoException {
    throw failure(Errno.ENOTTY);
  }

  void requireWriting(boolean writes) throws ErrnoException {
    if (!writes) {
      throw failure(Errno.EPERM);
    }
  }

  static ErrnoException failure(Errno errno) {
    return new ErrnoException(errno, "flash");
  }

  /** The store of a flash, which is only read. */
  private record DiskOfCells(MemorySegment cells) implements BackingStore {
    @Override
    public Kind kind() {
      return Kind.MTD;
    }

    @Override
    public long size() {
      return cells.byteSize();
    }

    @Override
    public boolean isReadOnly() {
      return true;
    }

    @Override
    public void read(MemorySegment into, long offset) throws ErrnoException {
      if (offset > SIZE || into.byteSize() > SIZE - offset) {
        throw failure(Errno.EIO);
      }
      into.copyFrom(cells.asSlice(offset, into.byteSize()));
    }
  }

  /** An open file of it. */
  record File(MemoryFlash flash, boolean writes)
      implements ReadableFile, WritableFile, ControllableFile {
    private static final int MEMGETINFO = 0x80204d01;
    private static final int MEMERASE = 0x40084d02;
    private static final int MEMGETREGIONCOUNT = 0x80044d07;
    private static final int MEMGETREGIONINFO = 0xc0104d08;
    private static final int MEMGETBADBLOCK = 0x40084d0b;

    @Override
    public long read(MemorySegment into, long position) {
      return flash.read(into, position);
    }

    @Override
    public long write(MemorySegment from, long position) throws ErrnoException {
      return flash.write(from, position);
    }

    @Override
    public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
      return switch (command) {
        case MEMGETINFO -> put(memory.at(argument, INFO_SIZE), flash.info());
        case MEMERASE -> erase(new Words(memory.at(argument, 8)));
        case MEMGETREGIONCOUNT -> put(memory.at(argument, 4), flash.regions().length);
        case MEMGETREGIONINFO -> region(memory.at(argument, 16));
        case MEMGETBADBLOCK -> flash.isBad(new Words(memory.at(argument, 8)).get(0));
        default -> flash.unknown(command);
      };
    }

    private static long put(MemorySegment user, int... numbers) {
      for (int index = 0; index < numbers.length; index++) {
        new Words(user).set(index, numbers[index]);
      }
      return 0;
    }

    private long erase(Words range) throws ErrnoException {
      flash.requireWriting(writes);
      flash.erase(range.get(0), range.get(1));
      return 0;
    }

    private long region(MemorySegment user) {
      return put(user, flash.regions()[(int) new Words(user).get(3)]);
    }
  }
}
