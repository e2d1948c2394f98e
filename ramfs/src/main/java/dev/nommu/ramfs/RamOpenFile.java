package dev.nommu.ramfs;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.ConcurrentlyReadableFile;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Syncable;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** An open regular file: memory, so it can be mapped in place with any protection. */
final class RamOpenFile
    implements ConcurrentlyReadableFile, WritableFile, DirectlyMappableFile, Syncable {
  private final RamFile file;

  RamOpenFile(RamFile file) {
    this.file = file;
  }

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(BackingDeviceInfo.MEMORY);
  }

  /**
   * Reads as specified by {@link ConcurrentlyReadableFile#read}.
   *
   * @throws ErrnoException ENOMEM if no page could be allocated for a hole
   */
  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return file.memory().read(into, position);
  }

  /**
   * Writes as specified by {@link WritableFile#write}.
   *
   * @throws ErrnoException EFBIG at and beyond the largest size of a file; ENOMEM if no page could
   *     be allocated
   */
  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    long written = file.memory().write(from, position);
    file.touch();
    return written;
  }

  /**
   * Returns the address of the file's own pages.
   *
   * @return declined if a page of the request is missing, past the file's last one, or not
   *     consecutive with the previous one in memory (rules MEMF-05 and MEMF-06)
   */
  @Override
  public Placement getUnmappedArea(MapRequest request) {
    return file.memory().place(request);
  }

  @Override
  public Consent mmap(MapRequest request, long address) {
    return Consent.ACCEPTED;
  }

  /** Returns at once: no data outlives the machine. */
  @Override
  public void fsync() {}

  @Override
  public void close() {
    file.closed();
  }
}
