package dev.nommu.kernel.mm;

import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.kernel.profile.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The regions of one inode that later requests may use, found by their place in the file in O(log
 * n). Every method but {@link #users} is called with the lock of the inode held.
 */
public final class FileRegions {
  private static final Match NONE = new Match.None();

  private final ReentrantLock lock;
  private final IntervalTree<Region> regions = new IntervalTree<>();

  /**
   * Creates the regions of an inode that is not mapped.
   *
   * @param lock the lock of the inode
   */
  public FileRegions(ReentrantLock lock) {
    this.lock = lock;
  }

  /** What was found for a request that may share. */
  sealed interface Match {
    /** No region has a say. */
    record None() implements Match {}

    /** This region is used again. */
    record Again(Region region) implements Match {}

    /** A region overlaps the request in a way that cannot be. */
    record Conflict(Region region) implements Match {}
  }

  /** Returns how many mappings use the regions. */
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

  void add(Region region) {
    assert lock.isHeldByCurrentThread();
    regions.add(region);
  }

  void remove(Region region) {
    assert lock.isHeldByCurrentThread();
    regions.remove(region);
  }

  /**
   * Looks for a region to use again (section SHARE). Of the regions that have a say the one with
   * the lowest address decides.
   *
   * @param direct whether the mapping could still be in place
   */
  Match match(MmapArguments request, boolean direct, Profile profile) {
    assert lock.isHeldByCurrentThread();
    long from = request.byteOffset();
    if (regions.firstOverlapping(from, from + request.alignedLength()).isEmpty()) {
      return NONE;
    }
    Optional<Region> decisive = Optional.empty();
    for (Region region : regions.overlapping(from, from + request.alignedLength())) {
      boolean lower = decisive.isEmpty() || region.start() < decisive.get().start();
      if (lower && hasSay(region, request, direct, profile)) {
        decisive = Optional.of(region);
      }
    }
    return decisive
        .<Match>map(region ->
            contains(region, request) ? new Match.Again(region) : new Match.Conflict(region))
        .orElse(NONE);
  }

  private static boolean hasSay(
      Region region, MmapArguments request, boolean direct, Profile profile) {
    boolean decides =
        contains(region, request)
            || (!direct && Difference.PARTIAL_OVERLAP_WITH_COPY_IS_REFUSED.in(profile));
    return decides && fits(region, request, direct, profile);
  }

  private static boolean fits(
      Region region, MmapArguments request, boolean direct, Profile profile) {
    if (region.kind() == Region.Kind.COPY
        && request.shared()
        && !Difference.SHARED_IS_ATTACHED_TO_COPY.in(profile)) {
      return false;
    }
    boolean compared = region.kind() == Region.Kind.COPY || !direct;
    return !compared
        || !Difference.PROTECTIONS_OF_COPIES_ARE_COMPARED.in(profile)
        || region.flags().hasAll(request.protections());
  }

  private static boolean contains(Region region, MmapArguments request) {
    long from = request.byteOffset();
    return region.intervalStart() <= from && from + request.alignedLength() <= region.intervalEnd();
  }

  /**
   * Returns a mapping that forbids cutting the file to a size, or empty (rules TRUNC-06, TRUNC-07).
   *
   * @param newSize bytes, less than {@code oldSize}
   */
  public Optional<Vma> blockingTruncate(long oldSize, long newSize, Profile profile) {
    assert lock.isHeldByCurrentThread();
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
    boolean privateInPlace = user.region().kind() == Region.Kind.STORE;
    return user.flags().shared()
        || (privateInPlace && Difference.PRIVATE_MAPPING_BLOCKS_TRUNCATE.in(profile));
  }

  /** Shortens the regions of shared mappings that reach past a new size (rule TRUNC-08). */
  public void cutTo(long newSize) {
    assert lock.isHeldByCurrentThread();
    List<Region> tooLong = new ArrayList<>();
    for (Region region : regions.overlapping(newSize, Long.MAX_VALUE)) {
      boolean shared = region.users().stream().anyMatch(user -> user.flags().shared());
      if (shared && region.offset() < newSize) {
        tooLong.add(region);
      }
    }
    for (Region region : tooLong) {
      regions.remove(region);
      region.cutTail(region.start() + newSize - region.offset());
      regions.add(region);
    }
  }
}
