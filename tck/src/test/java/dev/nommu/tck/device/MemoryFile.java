package dev.nommu.tck.device;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A file that is memory, and does everything right. */
class MemoryFile implements DirectlyMappableFile, ReadableFile, WritableFile {
  final AddressRange range;
  final MemorySegment memory;

  MemoryFile(AddressRange range, MemorySegment memory) {
    this.range = range;
    this.memory = memory;
  }

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(BackingDeviceInfo.MEMORY);
  }

  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return Placement.within(range, request);
  }

  @Override
  public Consent mmap(MapRequest request, long address) throws ErrnoException {
    return Consent.ACCEPTED;
  }

  @Override
  public long read(MemorySegment into, long position) {
    long count = Math.clamp(memory.byteSize() - position, 0, into.byteSize());
    MemorySegment.copy(memory, Math.min(position, memory.byteSize()), into, 0, count);
    return count;
  }

  @Override
  public long write(MemorySegment from, long position) {
    long count = Math.clamp(memory.byteSize() - position, 0, from.byteSize());
    MemorySegment.copy(from, 0, memory, Math.min(position, memory.byteSize()), count);
    return count;
  }
}
