package dev.nommu.chardevfb;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.MappableFile;
import dev.nommu.api.SpliceReadableFile;
import dev.nommu.api.SpliceWritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * {@code /dev/zero}, open: reads return zeros. It can be copied but not mapped in place: MAP_SHARED
 * fails with ENODEV (rule CHR-06).
 */
final class ZeroFile
    implements SpliceReadableFile, SpliceWritableFile, MappableFile, PositionlessFile {
  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(BackingDeviceInfo.COPY);
  }

  @Override
  public long read(MemorySegment into, long position) {
    into.fill((byte) 0);
    return into.byteSize();
  }

  @Override
  public long write(MemorySegment from, long position) {
    return from.byteSize();
  }
}
