package dev.nommu.api;

/**
 * Which kernel is obeyed where the document and Linux 6.12 disagree. Everything the two have in
 * common is decided elsewhere; each method here is one point of disagreement, with the rule that
 * says what it is about.
 */
public enum Profile {
  /** What {@code nommu-mmap.txt} says, read literally. */
  DOCUMENT("document"),
  /** What Linux 6.12 was seen to answer. */
  LINUX_6_12("linux-6.12");

  private final String id;

  Profile(String id) {
    this.id = id;
  }

  /** Returns the name by which users choose the profile. */
  public String id() {
    return id;
  }

  /** MMAP-05: whether a non-zero address without MAP_FIXED is refused with EINVAL. */
  public boolean refusesAddressHint() {
    return this == DOCUMENT;
  }

  /** SHARE-05: whether a copy is re-used only for the protections it was made with. */
  public boolean comparesProtectionsOfCopies() {
    return this == DOCUMENT;
  }

  /** SHARE-03: whether a partial overlap with an existing copy is refused with EINVAL. */
  public boolean refusesPartialOverlapWithCopy() {
    return this == LINUX_6_12;
  }

  /** SHARE-09: whether a MAP_SHARED request may be attached to somebody's private copy. */
  public boolean attachesSharedToCopy() {
    return this == LINUX_6_12;
  }

  /** MMAP-19: whether MAP_PRIVATE needs MAP_COPY even where a direct mapping would do. */
  public boolean privateAlwaysNeedsCopy() {
    return this == LINUX_6_12;
  }

  /** MTD-11: whether an MTD character device of type RAM or ROM refuses MAP_PRIVATE with EACCES. */
  public boolean mtdRefusesPrivate() {
    return this == LINUX_6_12;
  }

  /** COPY-05: whether a character device cannot be copied through its read method (EINVAL). */
  public boolean refusesCopyOfCharacterDevice() {
    return this == LINUX_6_12;
  }

  /** SHARE-07: whether the driver's mmap is called again for a second mapping of a region. */
  public boolean callsMmapForEachSharer() {
    return this == LINUX_6_12;
  }

  /** DIR-11: whether the driver's close is called for each mapping of a region. */
  public boolean closesEachMapping() {
    return this == LINUX_6_12;
  }

  /** FB: whether a frame buffer takes the page number of an offset for a number of bytes. */
  public boolean frameBufferOffsetIsPageNumber() {
    return this == LINUX_6_12;
  }

  /** REMAP-06: whether mremap may grow into the slack that trimming left behind the mapping. */
  public boolean mremapUsesSlack() {
    return this == DOCUMENT;
  }

  /** SHM-09: whether shmat works. */
  public boolean attachesSysvSharedMemory() {
    return this == DOCUMENT;
  }

  /** PSHM-03: whether a file of memfd_create can be made. */
  public boolean createsMemfd() {
    return this == DOCUMENT;
  }

  /** FUTEX-07: whether a futex must lie in a mapping of the caller that is not a device's. */
  public boolean checksFutexMapping() {
    return this == DOCUMENT;
  }

  /** TRUNC-02: whether a truncate that finds no memory leaves the new size behind. */
  public boolean keepsSizeWithoutMemory() {
    return this == LINUX_6_12;
  }

  /** TRUNC-07: whether a private mapping of the file's own pages keeps them from being cut off. */
  public boolean privateMappingBlocksTruncate() {
    return this == DOCUMENT;
  }

  /**
   * CRAMFS-19: whether the last uncompressed direct block of a page-multiple file reads as zero.
   */
  public boolean cramfsLosesLastDirectBlock() {
    return this == LINUX_6_12;
  }
}
