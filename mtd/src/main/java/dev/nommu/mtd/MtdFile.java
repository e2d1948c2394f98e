package dev.nommu.mtd;

import dev.nommu.api.AccessMode;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.ControllableFile;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Sharing;
import dev.nommu.api.UserMemory;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** An open MTD character device (rules MTD-04 to MTD-12). */
final class MtdFile
    implements ReadableFile, WritableFile, DirectlyMappableFile, ControllableFile, SeekableFile {
  private final Mtd mtd;
  private final AccessMode mode;
  private final Profile profile;

  MtdFile(Mtd mtd, AccessMode mode, Profile profile) {
    this.mtd = mtd;
    this.mode = mode;
    this.profile = profile;
  }

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(mtd.info().type().backingDeviceInfo());
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    if (position >= mtd.size()) {
      return 0;
    }
    long length = Math.min(into.byteSize(), mtd.size() - position);
    mtd.read(into.asSlice(0, length), position);
    return length;
  }

  @Override
  public long write(MemorySegment from, long position) throws ErrnoException {
    if (position >= mtd.size()) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "write at 0x%x of mtd %s: the device ends at 0x%x"
              .formatted(position, mtd.name(), mtd.size()));
    }
    long length = Math.min(from.byteSize(), mtd.size() - position);
    mtd.write(from.asSlice(0, length), position);
    return length;
  }

  /**
   * Returns the address of the range in the device (rule MTD-10).
   *
   * @throws ErrnoException EINVAL if the range does not lie in the device, ENODEV if the device is
   *     not addressable
   */
  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    return mtd.point(request.offset(), request.length())
        .map(Placement::at)
        .orElseThrow(() ->
            new ErrnoException(
                Errno.ENODEV,
                "map of mtd %s: the device is not addressable".formatted(mtd.name())));
  }

  /**
   * Consents to any shared mapping; a private one depends on the profile (rule MTD-11).
   *
   * @throws ErrnoException EACCES if the mapping is private and the profile refuses it
   */
  @Override
  public Consent mmap(MapRequest request, long address) throws ErrnoException {
    if (request.sharing() == Sharing.PRIVATE && profile == Profile.LINUX_6_12) {
      throw new ErrnoException(
          Errno.EACCES, "private map of mtd %s: expected MAP_SHARED".formatted(mtd.name()));
    }
    return Consent.ACCEPTED;
  }

  /** Moves within the device (rule FILE-02). */
  @Override
  public long seek(long position, long offset, Whence whence) throws ErrnoException {
    return SeekableFile.within(mtd.size(), position, offset, whence);
  }

  @Override
  public long ioctl(int command, long argument, UserMemory memory) throws ErrnoException {
    return new MtdControl(mtd, mode, memory).carryOut(command, argument);
  }
}
