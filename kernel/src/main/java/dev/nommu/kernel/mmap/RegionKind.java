package dev.nommu.kernel.mmap;

/** What the memory of a region is. */
public enum RegionKind {
  /** Zeroed pages of its own. */
  ANONYMOUS,
  /** Pages of its own with a copy of a part of a file (VM_MAPPED_COPY). */
  COPY,
  /** The file's store itself. */
  STORE
}
