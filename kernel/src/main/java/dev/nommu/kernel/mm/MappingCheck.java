package dev.nommu.kernel.mm;

import dev.nommu.api.Page;
import dev.nommu.kernel.mmap.RegionKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Verifies the mappings of a machine while no call is in progress. */
public final class MappingCheck {
  private final List<String> wrong = new ArrayList<>();
  private final List<Vma> mappings = new ArrayList<>();
  private final IdentityHashMap<Region, Integer> users = new IdentityHashMap<>();

  /** The regions that own pages, by address. */
  private final TreeMap<Long, Region> own = new TreeMap<>();

  private MappingCheck(Collection<AddressSpace> spaces) {
    spaces.forEach(space -> mappings.addAll(space.mappings()));
    mappings.forEach(vma -> users.merge(vma.region(), 1, Integer::sum));
  }

  /**
   * Returns the errors found, one sentence each: wrong user counts, mappings outside their regions,
   * regions that share pages, and mappings in place of memory that its plugin does not own, or no
   * longer owns.
   *
   * @param spaces all address spaces
   */
  public static List<String> run(Collection<AddressSpace> spaces) {
    MappingCheck check = new MappingCheck(spaces);
    check.users.forEach(check::checkUsers);
    check.users.keySet().stream()
        .filter(region -> region.kind() != RegionKind.STORE)
        .forEach(check::checkPages);
    check.mappings.forEach(check::checkMapping);
    return List.copyOf(check.wrong);
  }

  private void checkUsers(Region region, int counted) {
    int known = region.users().size();
    if (known != counted) {
      wrong.add("region %s: %d users, %d mappings".formatted(region, known, counted));
    }
  }

  private void checkPages(Region region) {
    Map.Entry<Long, Region> below = own.lowerEntry(region.top());
    if (below != null && below.getValue().top() > region.start()) {
      wrong.add("regions overlap: %s and %s".formatted(below.getValue(), region));
    }
    own.put(region.start(), region);
  }

  private void checkMapping(Vma vma) {
    if (vma.region().kind() == RegionKind.STORE) {
      checkInPlace(vma, vma.file().orElseThrow());
    } else if (vma.start() < vma.region().start() || vma.end() > vma.region().top()) {
      wrong.add("mapping %s is not within %s".formatted(vma, vma.region()));
    }
  }

  /** Pages cut off by truncate no longer belong to the file, nor to any other (rule TRUNC-07). */
  private void checkInPlace(Vma vma, FileHandle file) {
    long left = Math.min(vma.end(), vma.region().top()) - vma.start();
    if (left > 0 && !file.territory().owns(vma.start(), left - Page.SIZE + 1)) {
      wrong.add(
          "mapping %s: not all of this memory belongs to %s"
              .formatted(vma, file.operations().getClass().getName()));
    }
    Map.Entry<Long, Region> below = own.lowerEntry(vma.end());
    while (below != null && below.getValue().top() > vma.start()) {
      checkShown(vma, file, below.getValue());
      below = own.lowerEntry(below.getKey());
    }
  }

  /** A driver may map the whole memory, which includes pages of others. */
  private void checkShown(Vma vma, FileHandle file, Region pages) {
    long from = Math.max(vma.start(), pages.start());
    long to = Math.min(vma.end(), pages.top());
    if (!file.territory().owns(from, to - from)) {
      wrong.add("mapping %s shows pages of %s".formatted(vma, pages));
    }
  }
}
