package dev.nommu.kernel.device;

import dev.nommu.api.AllocatableFile;
import dev.nommu.api.AllocationFlag;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DelegatingFile;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import dev.nommu.kernel.plugin.FencedBlockDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open block device, as in {@code def_blk_fops}. It can be mapped shared only if its store
 * allows it (rule BLK-01; the document's "memory backed blockdev"). Exceptions and invalid results
 * are attributed to the device.
 */
public final class BlockDeviceFile
    implements ReadableFile,
        WritableFile,
        DirectlyMappableFile,
        ControllableFile,
        SeekableFile,
        Syncable,
        AllocatableFile,
        DelegatingFile {
  private static final int BLKROSET = 0x125d;
  private static final int BLKROGET = 0x125e;
  private static final int BLKRRPART = 0x125f;
  private static final int BLKGETSIZE = 0x1260;
  private static final int BLKFLSBUF = 0x1261;
  private static final int BLKRAGET = 0x1263;
  private static final int BLKFRAGET = 0x1265;
  private static final int BLKSSZGET = 0x1268;
  private static final int BLKBSZGET = 0x80081270;
  private static final int BLKGETSIZE64 = 0x80081272;
  private static final int BLKIOMIN = 0x1278;
  private static final int BLKIOOPT = 0x1279;
  private static final int BLKPBSZGET = 0x127b;
  private static final int SECTOR = 512;
  private static final long READ_AHEAD_SECTORS = (128 << 10) / SECTOR;
  private static final int ZEROS = 1 << 16;
  private static final Set<AllocationFlag> KNOWN =
      Set.of(AllocationFlag.KEEP_SIZE, AllocationFlag.PUNCH_HOLE, AllocationFlag.ZERO_RANGE);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final FencedBlockDevice device;
  private final AtomicBoolean writeProtected;
  private final Runnable closed;

  /**
   * Creates an open file.
   *
   * @param writeProtected the state set by BLKROSET, shared by all open files of the device
   * @param closed run when it is closed
   */
  BlockDeviceFile(FencedBlockDevice device, AtomicBoolean writeProtected, Runnable closed) {
    this.device = device;
    this.writeProtected = writeProtected;
    this.closed = closed;
  }

  private boolean isReadOnly() {
    return device.isReadOnly() || writeProtected.get();
  }

  /** Returns the size of the device in bytes. */
  public long size() {
    return device.size();
  }

  /** Returns the open device. */
  @Override
  public Object delegate() {
    return device.plugin();
  }

  @Override
  public String operation(String operation) {
    return operation.equals("getUnmappedArea") ? "point" : operation;
  }

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(device.backingDeviceInfo());
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    long count = Math.min(into.byteSize(), Math.max(0, device.size() - position));
    if (count > 0) {
      device.read(into.asSlice(0, count), position);
    }
    return count;
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    if (isReadOnly()) {
      throw new ErrnoException(
          Errno.EPERM, "write at 0x%x: the device is read-only".formatted(position));
    }
    long count = Math.min(from.byteSize(), Math.max(0, device.size() - position));
    if (count == 0) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "write at 0x%x: the device has 0x%x bytes".formatted(position, device.size()));
    }
    device.write(from.asSlice(0, count), position);
    return count;
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    long room = Page.align(device.size()) - request.offset();
    if (request.offset() < 0 || room < 0 || Long.compareUnsigned(request.length(), room) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "0x%x bytes at 0x%x: the device has 0x%x"
              .formatted(request.length(), request.offset(), device.size()));
    }
    long length = Math.min(request.length(), device.size() - request.offset());
    return device.point(request.offset(), length).map(Placement::at).orElse(Placement.DECLINED);
  }

  @Override
  public Consent mmap(MapRequest request, long address) {
    return Consent.ACCEPTED;
  }

  @Override
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    return switch (command) {
      case BLKGETSIZE64 -> answer(memory, argument, device.size());
      case BLKGETSIZE -> answer(memory, argument, device.size() / SECTOR);
      case BLKSSZGET -> answer(memory, argument, SECTOR);
      case BLKROGET -> answer(memory, argument, isReadOnly() ? 1 : 0);
      case BLKROSET -> {
        writeProtected.set(memory.at(argument, INT.byteSize()).get(INT, 0) != 0);
        yield 0;
      }
      case BLKPBSZGET, BLKIOMIN -> answer(memory, argument, device.physicalBlockSize());
      case BLKIOOPT -> answer(memory, argument, 0);
      case BLKBSZGET -> answer(memory, argument, blockSize());
      case BLKRAGET, BLKFRAGET -> answer(memory, argument, READ_AHEAD_SECTORS);
      case BLKRRPART -> throw partitionsRefused();
      case BLKFLSBUF -> {
        fsync();
        yield 0;
      }
      default -> device.ioctl(command, argument, memory);
    };
  }

  private ErrnoException partitionsRefused() {
    return device.isMounted()
        ? ErrnoException.byRule("BLK-08", Errno.EBUSY, "BLKRRPART: the device is mounted")
        : ErrnoException.byRule("BLK-08", Errno.EINVAL, "BLKRRPART: the device has no partitions");
  }

  /**
   * Returns the largest block, up to a page, that divides the size of the device, as Linux does.
   */
  private int blockSize() {
    return (int) Math.max(SECTOR, Math.min(Page.SIZE, Long.lowestOneBit(device.size())));
  }

  private static long answer(UserMemory memory, long address, long value) throws ErrnoException {
    memory.at(address, LONG.byteSize()).set(LONG, 0, value);
    return 0;
  }

  private static long answer(UserMemory memory, long address, int value) throws ErrnoException {
    memory.at(address, INT.byteSize()).set(INT, 0, value);
    return 0;
  }

  /** Seeks within the device, as {@code blkdev_llseek} does. */
  @Override
  public long seek(long position, long offset, Whence whence) throws ErrnoException {
    return SeekableFile.within(device.size(), position, offset, whence);
  }

  /**
   * Writes zeros, as {@code blkdev_fallocate} does.
   *
   * @throws ErrnoException EOPNOTSUPP for anything but FALLOC_FL_ZERO_RANGE; EINVAL for a range
   *     that extends past the device or does not consist of whole sectors; any error of the device
   */
  @Override
  public void allocate(Set<AllocationFlag> flags, long offset, long length) throws ErrnoException {
    requireKnown(flags);
    long room = device.size() - offset;
    if (room <= 0 || (length > room && !flags.contains(AllocationFlag.KEEP_SIZE))) {
      throw new ErrnoException(
          Errno.EINVAL,
          "0x%x bytes at 0x%x: the device has 0x%x".formatted(length, offset, device.size()));
    }
    long inside = Math.min(length, room);
    if ((offset | inside) % SECTOR != 0) {
      throw new ErrnoException(
          Errno.EINVAL, "0x%x bytes at 0x%x: expected whole sectors".formatted(inside, offset));
    }
    if (!flags.contains(AllocationFlag.ZERO_RANGE)) {
      throw new ErrnoException(Errno.EOPNOTSUPP, "not supported by the device: " + flags);
    }
    MemorySegment zeros = MemorySegment.ofArray(new byte[ZEROS]);
    for (long done = 0; done < inside; ) {
      done += write(zeros.asSlice(0, Math.min(ZEROS, inside - done)), offset + done);
    }
  }

  private static void requireKnown(Set<AllocationFlag> flags) throws ErrnoException {
    if (!KNOWN.containsAll(flags)) {
      throw new ErrnoException(Errno.EOPNOTSUPP, "not supported by block devices: " + flags);
    }
  }

  @Override
  public void fsync() throws ErrnoException {
    device.flush();
  }

  @Override
  public void close() throws ErrnoException {
    closed.run();
  }
}
