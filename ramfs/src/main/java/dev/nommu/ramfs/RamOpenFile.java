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

/** A regular file that is open: memory, so it can be mapped in place with any protection. */
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
   * Reads as {@link ConcurrentlyReadableFile#read} says.
   *
   * @throws ErrnoException ENOMEM if no page could be had for a hole
   */
  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return file.memory().read(into, position);
  }

  /**
   * Writes as {@link WritableFile#write} says.
   *
   * @throws ErrnoException EFBIG at and beyond the largest size of a file; ENOMEM if no page could
   *     be had at all
   */
  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    long written = file.memory().write(from, position);
    file.touch();
    return written;
  }

  /**
   * Answers with the place of the file's own pages.
   *
   * @return declined if a page of the request is missing, lies behind the file's last one, or does
   *     not follow the one before it in memory (rules MEMF-05 and MEMF-06)
   */
  @Override
  public Placement getUnmappedArea(MapRequest request) {
    return file.memory().place(request);
  }

  @Override
  public Consent mmap(MapRequest request, long address) {
    return Consent.ACCEPTED;
  }

  /** Returns at once: there is nothing that outlives the machine. */
  @Override
  public void fsync() {}

  @Override
  public void close() {
    file.closed();
  }
}
