package dev.nommu.kernel.mm;

import dev.nommu.api.Page;
import dev.nommu.api.VmOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of mapped memory, as {@code struct vm_region}: global, used by one mapping or, if it is
 * shareable, by several, and gone with the last of them. As an interval it lies where its file
 * offsets are. Fields are guarded by the lock of the file's regions or, for anonymous memory, by
 * the monitor of the one address space that has it.
 */
public final class Region extends IntervalTree.Interval {
  /** What a region consists of. */
  public enum Kind {
    /** Zeroed pages of its own. */
    ANONYMOUS,
    /** Pages of its own with a copy of a part of a file (VM_MAPPED_COPY). */
    COPY,
    /** The file's store itself. */
    STORE
  }

  private final Kind kind;
  private final Plan.Use use;
  private final VmFlags flags;
  private final @Nullable FileHandle file;
  private @Nullable VmOperations operations;
  private @Nullable Pin pin;
  private long start;
  private long end;
  private long top;
  private long offset;
  private @Nullable Vma firstUser;

  Region(Kind kind, Plan.Use use, VmFlags flags, @Nullable FileHandle file, long start, long end) {
    this.kind = kind;
    this.use = use;
    this.flags = flags;
    this.file = file;
    this.start = start;
    this.end = end;
    this.top = end;
  }

  /** Returns what the region consists of. */
  public Kind kind() {
    return kind;
  }

  /** Returns the first address. */
  public long start() {
    return start;
  }

  /** Returns the address after the last one that is initialised. */
  public long end() {
    return end;
  }

  /** Returns the address after the last one that is allocated; {@link #end} or more. */
  public long top() {
    return top;
  }

  /** Returns the offset in the file, in bytes; what was asked for if there is no file. */
  public long offset() {
    return offset;
  }

  /** Returns protections and type of the mapping the region was made for. */
  public VmFlags flags() {
    return flags;
  }

  /** Returns the file through which the region was made, or empty for anonymous memory. */
  public Optional<FileHandle> file() {
    return Optional.ofNullable(file);
  }

  /** Returns whether later requests may use the region. */
  public boolean shareable() {
    return use == Plan.Use.SHAREABLE;
  }

  /** Returns how many pages the region has allocated; 0 if it consists of a file's store. */
  public long allocatedPages() {
    return kind == Kind.STORE ? 0 : (top - start) >>> Page.SHIFT;
  }

  /** Returns the mappings that use the region. */
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

  void offset(long bytes) {
    offset = bytes;
  }

  void top(long address) {
    top = address;
  }

  void operations(VmOperations told) {
    operations = told;
  }

  Optional<VmOperations> operations() {
    return Optional.ofNullable(operations);
  }

  void pin(Pin pointed) {
    pin = pointed;
  }

  /** Returns what keeps the store where it is, or empty if the region has pages of its own. */
  Optional<Pin> pin() {
    return Optional.ofNullable(pin);
  }

  /** Gives up everything below an address; the file offset stays (rule UNMAP-06). */
  void cutHead(long newStart) {
    start = newStart;
  }

  /** Gives up everything from an address on, and the slack behind (rules UNMAP-06, TRUNC-08). */
  void cutTail(long newEnd) {
    end = newEnd;
    top = newEnd;
  }

  /** Moves the end into the slack. */
  void extend(long newEnd) {
    end = newEnd;
  }

  @Override
  long intervalStart() {
    return offset;
  }

  @Override
  long intervalEnd() {
    return offset + Page.align(end - start);
  }

  /** Returns the region as a line of /proc/maps. */
  @Override
  public String toString() {
    return MapsLine.of(this);
  }
}
