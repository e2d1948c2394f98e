package dev.nommu.kernel.mm;

import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;
import dev.nommu.kernel.mmap.Trail;

/**
 * The plan for a request on a file, together with the consequences of the same facts.
 *
 * @param plan the plan
 * @param inPlace the flags of a mapping in place
 */
record Planned(Plan plan, VmFlags inPlace) {
  /** Plans a request; the trail records the reasons. */
  static Planned of(MmapArguments request, FileFacts file, Profile profile, Trail trail) {
    return new Planned(
        Planner.planFile(request, file, profile, trail),
        VmFlags.direct(request, file.capabilities()));
  }
}
