package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.kernel.call.FallibleAction;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.pages.Territory;
import dev.nommu.kernel.profile.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The regions of one inode that later requests may use, found by file offset in O(log n). Every
 * method except {@link #users} is called with the lock of the inode held.
 */
public final class FileRegions {
  private static final Match NONE = new Match.None();

  private final ReentrantLock lock;
  private final IntervalTree<Region> regions = new IntervalTree<>();

  /** Pages still shown by mappings although the file was truncated. */
  private Map<Vma, List<Territory.Hold>> held = Map.of();

  /**
   * Creates the regions of an unmapped inode.
   *
   * @param lock the lock of the inode
   */
  public FileRegions(ReentrantLock lock) {
    this.lock = lock;
  }

  /** The result of the search for a region to share, for a request for a copy. */
  sealed interface Match {
    /** No region applies. */
    record None() implements Match {}

    /** This region is reused. */
    record Reuse(Region region) implements Match {}

    /** A region overlaps the request in an invalid way. */
    record Conflict(Region region) implements Match {}
  }

  /**
   * The range that a mapping in place still shows although the file was truncated.
   *
   * @param gone the addresses of the range
   */
  public record Cut(Vma mapping, AddressRange gone) {}

  /** Returns the number of mappings that use the regions. */
  public int users() {
    lock.lock();
    try {
      int users = 0;
      for (Region region : regions) {
        users += region.users().size();
      }
      return users;
    } finally {
      lock.unlock();
    }
  }

  /** Adds a region if later requests may use it. */
  void add(Region region) {
    assert lock.isHeldByCurrentThread();
    if (region.isReusable()) {
      regions.add(region);
    }
  }

  /** Removes a region that was added. */
  void remove(Region region) {
    assert lock.isHeldByCurrentThread();
    if (region.isReusable()) {
      regions.remove(region);
    }
  }

  /**
   * Returns the region to reuse for a mapping that can be in place (section SHARE), or empty: the
   * suitable one with the lowest address.
   */
  Optional<Region> matchInPlace(MmapArguments request, Profile profile) {
    return lowest(
        request, region -> contains(region, request) && servesInPlace(region, request, profile));
  }

  /**
   * Finds a region to reuse for a copy (section SHARE). Of the regions that apply, the one with the
   * lowest address decides.
   */
  Match matchCopy(MmapArguments request, Profile profile) {
    Optional<Region> decisive =
        lowest(
            request,
            region ->
                (Difference.PARTIAL_OVERLAP_WITH_COPY_IS_REFUSED.in(profile)
                        || contains(region, request))
                    && hasProtections(region, request, profile));
    if (decisive.isEmpty()) {
      return NONE;
    }
    Region region = decisive.get();
    return contains(region, request) ? new Match.Reuse(region) : new Match.Conflict(region);
  }

  private Optional<Region> lowest(MmapArguments request, Predicate<Region> hasSay) {
    assert lock.isHeldByCurrentThread();
    long from = request.byteOffset();
    long to = from + request.alignedLength();
    Optional<Region> lowest = regions.firstOverlapping(from, to);
    if (lowest.isEmpty()) {
      return lowest;
    }
    lowest = Optional.empty();
    for (Region region : regions.overlapping(from, to)) {
      boolean lower = lowest.isEmpty() || region.start() < lowest.get().start();
      if (lower && hasSay.test(region)) {
        lowest = Optional.of(region);
      }
    }
    return lowest;
  }

  private static boolean servesInPlace(Region region, MmapArguments request, Profile profile) {
    if (region.kind() == RegionKind.STORE) {
      return true;
    }
    boolean attaches = !request.shared() || Difference.SHARED_IS_ATTACHED_TO_COPY.in(profile);
    return attaches && hasProtections(region, request, profile);
  }

  private static boolean hasProtections(Region region, MmapArguments request, Profile profile) {
    return !Difference.PROTECTIONS_OF_COPIES_ARE_COMPARED.in(profile)
        || region.flags().hasAll(request.protections());
  }

  private static boolean contains(Region region, MmapArguments request) {
    long from = request.byteOffset();
    return region.intervalStart() <= from && from + request.alignedLength() <= region.intervalEnd();
  }

  /**
   * Sets the size of the file (rules TRUNC-06 to TRUNC-08).
   *
   * @param oldSize bytes
   * @param newSize bytes
   * @param setting has the plugin set it
   * @return the ranges that mappings in place still show although they were cut off the file
   * @throws ErrnoException ETXTBSY if a mapping forbids it; any error of the plugin
   */
  public List<Cut> resize(
      long oldSize, long newSize, Profile profile, FallibleAction<ErrnoException> setting)
      throws ErrnoException {
    assert lock.isHeldByCurrentThread();
    if (newSize >= oldSize) {
      setting.run();
      return List.of();
    }
    Optional<Vma> blocking = blocking(oldSize, newSize, profile);
    if (blocking.isPresent()) {
      throw ErrnoException.byRule(
          "TRUNC-06",
          Errno.ETXTBSY,
          "truncate from %d to %d bytes: the file is mapped at %s"
              .formatted(oldSize, newSize, blocking.get()));
    }
    List<Cut> cuts = hold(Page.align(newSize));
    setting.run();
    cut(newSize);
    return cuts;
  }

  /** Returns a mapping that forbids truncating the file to a smaller size, or empty. */
  private Optional<Vma> blocking(long oldSize, long newSize, Profile profile) {
    long low = newSize & -Page.SIZE;
    long high = Page.align(oldSize) + Page.SIZE;
    for (Region region : regions.overlapping(low, high)) {
      for (Vma user : region.users()) {
        long end = user.offset() + (user.end() - user.start());
        if (blocks(user, profile) && user.offset() < high && end > low) {
          return Optional.of(user);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean blocks(Vma user, Profile profile) {
    boolean privateInPlace = user.region().kind() == RegionKind.STORE;
    return user.flags().shared()
        || (privateInPlace && Difference.PRIVATE_MAPPING_BLOCKS_TRUNCATE.in(profile));
  }

  /** Holds the pages past an offset that mappings in place continue to show (rule TRUNC-07). */
  private List<Cut> hold(long from) {
    List<Cut> cuts = new ArrayList<>();
    for (Region region : regions.overlapping(from, Long.MAX_VALUE)) {
      if (region.kind() == RegionKind.STORE) {
        long start = region.start() + Math.max(from - region.offset(), 0);
        region.users().forEach(user -> cut(user, start, region.top()).ifPresent(cuts::add));
      }
    }
    cuts.forEach(this::hold);
    return cuts;
  }

  private static Optional<Cut> cut(Vma user, long from, long to) {
    long start = Math.max(from, user.start());
    long end = Math.min(to, user.end());
    return start < end
        ? Optional.of(new Cut(user, new AddressRange(start, end - start)))
        : Optional.empty();
  }

  private void hold(Cut cut) {
    Territory territory = cut.mapping().file().orElseThrow().territory();
    Territory.Hold hold = territory.hold(cut.gone());
    held = held.isEmpty() ? new HashMap<>() : held;
    held.computeIfAbsent(cut.mapping(), none -> new ArrayList<>()).add(hold);
  }

  /** Releases the pages held for a mapping that was removed. */
  void unmapped(Vma user) {
    assert lock.isHeldByCurrentThread();
    if (held.containsKey(user)) {
      held.remove(user).forEach(Territory.Hold::release);
    }
  }

  /** Removes everything past a new size from the regions to reuse. */
  private void cut(long newSize) {
    List<Region> tooLong = new ArrayList<>();
    regions.overlapping(newSize, Long.MAX_VALUE).forEach(tooLong::add);
    for (Region region : tooLong) {
      regions.remove(region);
      cut(region, newSize);
      add(region);
    }
  }

  private static void cut(Region region, long newSize) {
    long length = newSize - region.offset();
    if (region.kind() == RegionKind.STORE) {
      region.backedUpTo(region.start() + Math.max(Page.align(length), 0));
    }
    boolean shared = region.users().stream().anyMatch(user -> user.flags().shared());
    if (shared && length > 0) {
      region.showUpTo(region.start() + length);
    }
  }
}
