package dev.nommu.kernel.mm;

import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The plans for an open file, each made once: for a plain request a plan depends only on the facts
 * about the file, the type of the mapping and its protections. Planning takes longer than all other
 * steps of a mapping in place. Thread-safe.
 */
public final class FilePlans {
  /** The number of sets of protections. */
  private static final int PROTECTIONS = 8;

  /** MAP_SHARED is 1, MAP_PRIVATE is 2. */
  private static final int SHAPES = (MmapArguments.MAP_PRIVATE + 1) * PROTECTIONS;

  private volatile @Nullable Made made;

  /** Creates an empty cache of plans. */
  public FilePlans() {}

  private record Made(FileFacts facts, AtomicReferenceArray<@Nullable Planned> byShape) {}

  /**
   * Returns the plan for a request.
   *
   * @param facts the current facts about the file
   * @param profile the profile of the machine
   */
  Planned plan(MmapArguments request, FileFacts facts, Profile profile) {
    if (!request.isPlain()) {
      return Planned.of(request, facts, profile, Trail.NONE);
    }
    AtomicReferenceArray<@Nullable Planned> plans = of(facts);
    int shape =
        (request.flags() & MmapArguments.MAP_TYPE) * PROTECTIONS
            + (request.protection() & (PROTECTIONS - 1));
    Planned known = plans.get(shape);
    if (known == null) {
      known = Planned.of(request, facts, profile, Trail.NONE);
      plans.set(shape, known);
    }
    return known;
  }

  private AtomicReferenceArray<@Nullable Planned> of(FileFacts facts) {
    Made now = made;
    if (now == null || !now.facts().equals(facts)) {
      now = new Made(facts, new AtomicReferenceArray<>(SHAPES));
      made = now;
    }
    return now.byShape();
  }
}
