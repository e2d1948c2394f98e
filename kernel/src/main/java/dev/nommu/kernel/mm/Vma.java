package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.MmapArguments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping in one address space, as {@code struct vm_area_struct}. As an interval it spans its
 * addresses. Guarded by the monitor of its address space; the links to the other users of its
 * region by the guard of the region.
 */
public final class Vma extends IntervalTree.Interval implements Mapping {
  private final Region region;
  private final VmFlags flags;
  private final @Nullable FileHandle file;
  private final @Nullable Consented consented;
  private long start;
  private long end;
  private @Nullable Vma nextUser;
  private @Nullable Vma previousUser;

  /** Creates the mapping of anonymous memory. */
  Vma(Region region, long end) {
    this.region = region;
    this.flags = region.flags();
    this.file = null;
    this.consented = null;
    this.start = region.start();
    this.end = end;
  }

  /**
   * Creates a mapping of a file.
   *
   * @param region contains the requested part of the file
   * @param consented called when this mapping is gone; null for nothing
   */
  Vma(
      Region region,
      VmFlags flags,
      FileHandle file,
      MmapArguments request,
      @Nullable Consented consented) {
    this.region = region;
    this.flags = flags;
    this.file = file;
    this.consented = consented;
    this.start = region.start() + (request.byteOffset() - region.offset());
    this.end = start + request.alignedLength();
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public AddressRange range() {
    return new AddressRange(start, end - start);
  }

  @Override
  public Region region() {
    return region;
  }

  /** Returns the protections and type. */
  public VmFlags flags() {
    return flags;
  }

  @Override
  public Optional<FileHandle> file() {
    return Optional.ofNullable(file);
  }

  /** Returns whether it keeps its file open itself because its region does not. */
  @SuppressWarnings("ReferenceEquality") // one open file, not an equal one
  boolean keepsFileOpen() {
    return file != region.fileOrNull();
  }

  @Override
  public long offset() {
    return file == null ? 0 : region.offset() + (start - region.start());
  }

  /** Returns the operations to call when this mapping is gone, or null for none. */
  @Nullable Consented consented() {
    return consented;
  }

  void move(long newStart, long newEnd) {
    start = newStart;
    end = newEnd;
  }

  @Nullable Vma nextUser() {
    return nextUser;
  }

  void linkBefore(@Nullable Vma next) {
    nextUser = next;
    if (next != null) {
      next.previousUser = this;
    }
  }

  void unlink() {
    if (previousUser != null) {
      previousUser.nextUser = nextUser;
    }
    if (nextUser != null) {
      nextUser.previousUser = previousUser;
    }
    nextUser = null;
    previousUser = null;
  }

  @Override
  long intervalStart() {
    return start;
  }

  @Override
  long intervalEnd() {
    return end;
  }

  /** Returns the mapping as a line of /proc/PID/maps. */
  @Override
  public String toString() {
    return MapsLine.of(this);
  }
}
