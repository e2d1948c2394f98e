package dev.nommu.kernel.profile;

import dev.nommu.api.Profile;
import java.util.EnumSet;
import java.util.Set;

/**
 * A point on which the document and kernels disagree and that the kernel itself decides; plugins
 * query the profile themselves. Common behaviour is decided elsewhere.
 */
public enum Difference {
  /** MMAP-05: a non-zero address without MAP_FIXED is refused with EINVAL. */
  ADDRESS_HINT_IS_REFUSED("MMAP-05", Profile.DOCUMENT),
  /** MMAP-19: MAP_PRIVATE needs MAP_COPY even where a direct mapping would do. */
  PRIVATE_ALWAYS_NEEDS_COPY("MMAP-19", Profile.LINUX_6_12),
  /** SHARE-03: a partial overlap with an existing copy is refused with EINVAL. */
  PARTIAL_OVERLAP_WITH_COPY_IS_REFUSED("SHARE-03", Profile.LINUX_6_12),
  /** SHARE-05: a copy is reused only for the protections it was created with. */
  PROTECTIONS_OF_COPIES_ARE_COMPARED("SHARE-05", Profile.DOCUMENT),
  /** SHARE-07: the driver's mmap is called again for a second mapping of a region. */
  MMAP_IS_CALLED_FOR_EACH_SHARER("SHARE-07", Profile.LINUX_6_12),
  /** SHARE-09: a MAP_SHARED request may be attached to another mapping's private copy. */
  SHARED_IS_ATTACHED_TO_COPY("SHARE-09", Profile.LINUX_6_12),
  /** COPY-05: a character device cannot be copied through its read method (EINVAL). */
  CHARACTER_DEVICE_IS_NOT_COPIED("COPY-05", Profile.LINUX_6_12),
  /** DIR-11: the driver's close is called for each mapping of a region. */
  CLOSE_IS_CALLED_FOR_EACH_MAPPING("DIR-11", Profile.LINUX_6_12),
  /** REMAP-06: mremap may grow into the slack that trimming left behind the mapping. */
  MREMAP_USES_SLACK("REMAP-06", Profile.DOCUMENT),
  /** TRUNC-07: a private mapping of the file's own pages prevents their truncation. */
  PRIVATE_MAPPING_BLOCKS_TRUNCATE("TRUNC-07", Profile.DOCUMENT),
  /** SHM-09: shmat works. */
  SYSV_SHARED_MEMORY_IS_ATTACHED("SHM-09", Profile.DOCUMENT),
  /** PSHM-03: memfd_create works. */
  MEMFD_IS_CREATED("PSHM-03", Profile.DOCUMENT),
  /** FUTEX-07: a futex must lie in a mapping of the caller that is not a device's. */
  FUTEX_MAPPING_IS_CHECKED("FUTEX-07", Profile.DOCUMENT);

  private final String rule;
  private final Set<Profile> profiles;

  Difference(String rule, Profile profile) {
    this.rule = rule;
    this.profiles = EnumSet.of(profile);
  }

  /** Returns the number of the rule that describes it. */
  public String rule() {
    return rule;
  }

  /** Returns whether it holds under a profile. */
  public boolean in(Profile profile) {
    return profiles.contains(profile);
  }
}
