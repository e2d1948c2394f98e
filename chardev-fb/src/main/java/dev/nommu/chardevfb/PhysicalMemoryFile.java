package dev.nommu.chardevfb;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingDeviceInfo.Backing;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Protection;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Sharing;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /dev/mem}, open: the position in the file is the physical address, for reading, writing
 * and mapping alike (rules CHR-07 and CHR-09). It is mapped in place with any protection and never
 * copied.
 *
 * @param memory the physical address space
 * @param endOfRam the limit of reads and writes; mappings may extend beyond it
 */
record PhysicalMemoryFile(UserMemory memory, long endOfRam)
    implements ReadableFile, WritableFile, DirectlyMappableFile, SeekableFile {
  private static final BackingDeviceInfo DIRECT =
      BackingDeviceInfo.of(
          Set.of(
              MapCapability.MAP_DIRECT,
              MapCapability.READ_MAP,
              MapCapability.WRITE_MAP,
              MapCapability.EXEC_MAP),
          Backing.MEMORY);

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(DIRECT);
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    into.copyFrom(at(position, into.byteSize()));
    return into.byteSize();
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    at(position, from.byteSize()).copyFrom(from);
    return from.byteSize();
  }

  private MemorySegment at(long position, long length) throws ErrnoException {
    if (position > endOfRam - length) {
      throw ErrnoException.byRule(
          "CHR-11",
          Errno.EFAULT,
          "/dev/mem: expected addresses below the end of RAM, 0x%x, found 0x%x bytes at 0x%x"
              .formatted(endOfRam, length, position));
    }
    return memory.at(position, length);
  }

  /** Moves to any address; SEEK_END does not apply to an address space (rule FILE-02). */
  @Override
  public long seek(long position, long offset, Whence whence) throws ErrnoException {
    return SeekableFile.withoutEnd(position, offset, whence);
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    requireNoWrap(request);
    return Placement.at(request.offset());
  }

  /** Declines a writable private mapping, which could not be shared. */
  @Override
  public Consent mmap(MapRequest request, long address) throws ErrnoException {
    requireNoWrap(request);
    boolean shareable = request.sharing() == Sharing.SHARED || !request.wants(Protection.WRITE);
    return shareable ? Consent.ACCEPTED : Consent.DECLINED;
  }

  private static void requireNoWrap(MapRequest request) throws ErrnoException {
    long last = request.offset() + (request.length() - 1);
    if (request.offset() < 0 || Long.compareUnsigned(last, request.offset()) < 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap of /dev/mem: 0x%x bytes at 0x%x extend beyond the last physical address"
              .formatted(request.length(), request.offset()));
    }
  }
}
