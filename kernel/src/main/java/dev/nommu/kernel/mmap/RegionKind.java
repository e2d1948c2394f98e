package dev.nommu.kernel.mmap;

/** The kind of memory a region has. */
public enum RegionKind {
  /** Zeroed pages of its own. */
  ANONYMOUS,
  /** Pages of its own with a copy of a part of a file (VM_MAPPED_COPY). */
  COPY,
  /** The file's store itself. */
  STORE
}
