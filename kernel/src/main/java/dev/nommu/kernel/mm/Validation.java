package dev.nommu.kernel.mm;

import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MmapArguments;

/**
 * A request being validated.
 *
 * @param request the request
 * @param file the facts about the file
 * @param profile selects between disagreeing rules
 * @param capabilities those left after the checks so far
 */
record Validation(
    MmapArguments request, FileFacts file, Profile profile, Capabilities capabilities) {
  Validation with(Capabilities left) {
    return new Validation(request, file, profile, left);
  }
}
