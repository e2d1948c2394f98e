package dev.nommu.kernel.mm;

import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;

/**
 * A request while it is validated.
 *
 * @param request what is asked for
 * @param file what is known of the file
 * @param profile which of two disagreeing rules holds
 * @param capabilities what is left after the checks so far
 */
record Validation(
    MmapArguments request, FileFacts file, Profile profile, Capabilities capabilities) {
  Validation with(Capabilities left) {
    return new Validation(request, file, profile, left);
  }
}
