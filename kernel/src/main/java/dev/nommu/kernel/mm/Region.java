package dev.nommu.kernel.mm;

import dev.nommu.api.Page;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.RegionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of mapped memory, as {@code struct vm_region}: global, used by one mapping or, if it is
 * shareable, by several, and removed with the last of them. As an interval it spans its file
 * offsets. Fields are guarded by the lock of the file's regions or, for anonymous memory, by the
 * monitor of its only address space.
 */
public final class Region extends IntervalTree.Interval implements MappedRegion {
  private final RegionKind kind;
  private final Plan.Use use;
  private final VmFlags flags;
  private final @Nullable FileHandle file;
  private final @Nullable Consented consented;
  private final @Nullable Pin pin;
  private final long offset;
  private long start;
  private long end;
  private long top;
  private @Nullable Vma firstUser;

  private Region(VmFlags flags, MmapArguments request, MappedPages.Block block) {
    this.kind = RegionKind.ANONYMOUS;
    this.use = Plan.Use.OWN;
    this.flags = flags;
    this.file = null;
    this.consented = null;
    this.pin = null;
    this.offset = request.byteOffset();
    this.start = block.start();
    this.end = block.start() + request.alignedLength();
    this.top = block.top();
  }

  private Region(
      Plan.Use use,
      VmFlags flags,
      FileHandle file,
      MmapArguments request,
      MappedPages.Block block) {
    this.kind = RegionKind.COPY;
    this.use = use;
    this.flags = flags;
    this.file = file;
    this.consented = null;
    this.pin = null;
    this.offset = request.byteOffset();
    this.start = block.start();
    this.end = block.start() + request.alignedLength();
    this.top = block.top();
  }

  private Region(
      VmFlags flags,
      FileHandle file,
      MmapArguments request,
      Pin pin,
      @Nullable Consented consented) {
    this.kind = RegionKind.STORE;
    this.use = Plan.Use.SHAREABLE;
    this.flags = flags;
    this.file = file;
    this.consented = consented;
    this.pin = pin.range() == null ? null : pin;
    this.offset = request.byteOffset();
    this.start = pin.address();
    this.end = pin.address() + request.alignedLength();
    this.top = end;
  }

  private Region(Region lower, long at) {
    this.kind = lower.kind;
    this.use = lower.use;
    this.flags = lower.flags;
    this.file = lower.file;
    this.consented = lower.consented;
    this.pin = lower.pin;
    this.offset = lower.offset + (at - lower.start);
    this.start = at;
    this.end = lower.end;
    this.top = lower.top;
  }

  /** Returns zeroed memory for one mapping. */
  static Region anonymous(VmFlags flags, MmapArguments request, MappedPages.Block block) {
    return new Region(flags, request, block);
  }

  /** Returns a copy of a part of a file, which has been read into the block. */
  static Region copy(
      Plan.Use use,
      VmFlags flags,
      FileHandle file,
      MmapArguments request,
      MappedPages.Block block) {
    return new Region(use, flags, file, request, block);
  }

  /**
   * Returns a part of a file's store.
   *
   * @param pin its address, and the pointed range that keeps it there
   * @param consented called when the last mapping is gone; null for nothing
   */
  static Region store(
      VmFlags flags,
      FileHandle file,
      MmapArguments request,
      Pin pin,
      @Nullable Consented consented) {
    return new Region(flags, file, request, pin, consented);
  }

  @Override
  public RegionKind kind() {
    return kind;
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public long end() {
    return end;
  }

  /**
   * Returns the address after the last one with memory: for its own pages, the last one allocated,
   * slack included; for a file's store, the last one still part of the file.
   */
  public long top() {
    return top;
  }

  @Override
  public long offset() {
    return offset;
  }

  /** Returns the protections and type of the mapping the region was made for. */
  public VmFlags flags() {
    return flags;
  }

  @Override
  public Optional<FileHandle> file() {
    return Optional.ofNullable(file);
  }

  @Nullable FileHandle fileOrNull() {
    return file;
  }

  @Override
  public boolean shareable() {
    return use == Plan.Use.SHAREABLE;
  }

  /** Returns whether later requests may use it: part of it is still in the file. */
  boolean isReusable() {
    return shareable() && top > start;
  }

  @Override
  public long allocatedPages() {
    return kind == RegionKind.STORE ? 0 : (top - start) >>> Page.SHIFT;
  }

  @Override
  public List<Vma> users() {
    List<Vma> users = new ArrayList<>();
    for (Vma user = firstUser; user != null; user = user.nextUser()) {
      users.add(user);
    }
    return users;
  }

  boolean unused() {
    return firstUser == null;
  }

  void addUser(Vma user) {
    user.linkBefore(firstUser);
    firstUser = user;
  }

  void removeUser(Vma user) {
    if (firstUser == user) {
      firstUser = user.nextUser();
    }
    user.unlink();
  }

  /** Returns the pin of the store, or null if it needs none. */
  @Nullable Pin pin() {
    return pin;
  }

  /** Returns the operations to call when the last mapping is gone, or null for none. */
  @Nullable Consented consented() {
    return consented;
  }

  /** Drops everything below an address; the file offset stays (rule UNMAP-06). */
  void cutHead(long newStart) {
    start = newStart;
  }

  /** Drops everything from an address on, including the slack (rule UNMAP-06). */
  void cutTail(long newEnd) {
    end = newEnd;
    top = newEnd;
  }

  /** Splits it at an address; returns the upper part, with the slack (rule UNMAP-07). */
  Region split(long at) {
    Region upper = new Region(this, at);
    cutTail(at);
    return upper;
  }

  /** Moves the end into the slack. */
  void extend(long newEnd) {
    end = newEnd;
  }

  /** Limits the visible part to below an address; its own pages stay (rule TRUNC-08). */
  void showUpTo(long address) {
    end = Math.min(end, address);
  }

  /** Records that the file's store remains only up to an address (rule TRUNC-07). */
  void backedUpTo(long address) {
    top = Math.min(top, address);
  }

  /** Returns the number of bytes, from the start, that later requests may use. */
  private long reusable() {
    return Page.align(Math.min(end, top) - start);
  }

  @Override
  long intervalStart() {
    return offset;
  }

  @Override
  long intervalEnd() {
    return offset + reusable();
  }

  /** Returns the region as a line of /proc/maps. */
  @Override
  public String toString() {
    return MapsLine.of(this);
  }
}
