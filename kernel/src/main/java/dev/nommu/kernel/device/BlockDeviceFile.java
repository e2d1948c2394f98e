package dev.nommu.kernel.device;

import dev.nommu.api.AllocatableFile;
import dev.nommu.api.AllocationFlag;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BlockDevice;
import dev.nommu.api.Consent;
import dev.nommu.api.ControllableFile;
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
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Set;

/**
 * An open block device, as {@code def_blk_fops}. It is mapped shared only if its store says so
 * (rule BLK-01; the document's "memory backed blockdev").
 */
public final class BlockDeviceFile
    implements ReadableFile,
        WritableFile,
        DirectlyMappableFile,
        ControllableFile,
        SeekableFile,
        Syncable,
        AllocatableFile {
  private static final int BLKROGET = 0x125e;
  private static final int BLKGETSIZE = 0x1260;
  private static final int BLKFLSBUF = 0x1261;
  private static final int BLKSSZGET = 0x1268;
  private static final int BLKGETSIZE64 = 0x80081272;
  private static final int SECTOR = 512;
  private static final int ZEROS = 1 << 16;
  private static final Set<AllocationFlag> KNOWN =
      Set.of(AllocationFlag.KEEP_SIZE, AllocationFlag.PUNCH_HOLE, AllocationFlag.ZERO_RANGE);

  private final BlockDevice device;
  private final Runnable closed;

  /**
   * Creates an open file.
   *
   * @param closed told when it is closed
   */
  BlockDeviceFile(BlockDevice device, Runnable closed) {
    this.device = device;
    this.closed = closed;
  }

  /** Returns the device that is open. */
  public BlockDevice device() {
    return device;
  }

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(device.backingDeviceInfo());
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    long count = Math.min(into.byteSize(), Math.max(0, device.size() - position));
    if (count > 0) {
      PluginCall.tell(device, "read", () -> device.read(into.asSlice(0, count), position));
    }
    return count;
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    if (device.isReadOnly()) {
      throw new ErrnoException(
          Errno.EPERM, "write at 0x%x: the device is read-only".formatted(position));
    }
    long count = Math.min(from.byteSize(), Math.max(0, device.size() - position));
    if (count == 0) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "write at 0x%x: the device has 0x%x bytes".formatted(position, device.size()));
    }
    PluginCall.tell(device, "write", () -> device.write(from.asSlice(0, count), position));
    return count;
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    if (request.offset() < 0 || request.length() > Page.align(device.size()) - request.offset()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "0x%x bytes at 0x%x: the device has 0x%x"
              .formatted(request.length(), request.offset(), device.size()));
    }
    long length = Math.min(request.length(), device.size() - request.offset());
    return PluginCall.ask(device, "point", () -> device.point(request.offset(), length))
        .map(Placement::at)
        .orElse(Placement.DECLINED);
  }

  @Override
  public Consent mmap(MapRequest request, long address) {
    return Consent.ACCEPTED;
  }

  @Override
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    return switch (command) {
      case BLKGETSIZE64 -> answer(memory, argument, ValueLayout.JAVA_LONG, device.size());
      case BLKGETSIZE -> answer(memory, argument, ValueLayout.JAVA_LONG, device.size() / SECTOR);
      case BLKSSZGET -> answer(memory, argument, ValueLayout.JAVA_INT, SECTOR);
      case BLKROGET -> answer(memory, argument, ValueLayout.JAVA_INT, device.isReadOnly() ? 1 : 0);
      case BLKFLSBUF -> {
        fsync();
        yield 0;
      }
      default -> PluginCall.ask(device, "ioctl", () -> device.ioctl(command, argument, memory));
    };
  }

  private static long answer(UserMemory memory, long address, ValueLayout type, long value)
      throws ErrnoException {
    MemorySegment at = memory.at(address, type.byteSize());
    if (type.byteSize() == Long.BYTES) {
      at.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
    } else {
      at.set(ValueLayout.JAVA_INT_UNALIGNED, 0, (int) value);
    }
    return 0;
  }

  /** Moves within the device, as {@code blkdev_llseek}. */
  @Override
  public long seek(long position, long offset, Whence whence) throws ErrnoException {
    return SeekableFile.within(device.size(), position, offset, whence);
  }

  /**
   * Stores zeros, as {@code blkdev_fallocate}.
   *
   * @throws ErrnoException EOPNOTSUPP for anything but FALLOC_FL_ZERO_RANGE; EINVAL for a range
   *     that leaves the device or consists of parts of sectors; what the device says
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
      throw new ErrnoException(Errno.EOPNOTSUPP, "the device cannot do this: " + flags);
    }
    MemorySegment zeros = MemorySegment.ofArray(new byte[ZEROS]);
    for (long done = 0; done < inside; ) {
      done += write(zeros.asSlice(0, Math.min(ZEROS, inside - done)), offset + done);
    }
  }

  private static void requireKnown(Set<AllocationFlag> flags) throws ErrnoException {
    if (!KNOWN.containsAll(flags)) {
      throw new ErrnoException(Errno.EOPNOTSUPP, "a block device cannot do this: " + flags);
    }
  }

  @Override
  public void fsync() throws ErrnoException {
    PluginCall.tell(device, "flush", device::flush);
  }

  @Override
  public void close() throws ErrnoException {
    closed.run();
  }
}
