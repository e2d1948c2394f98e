package dev.nommu.kernel.mmap;

/** The kind of memory a region has. */
public enum RegionKind {
  /** Private zeroed pages. */
  ANONYMOUS,
  /** Private pages with a copy of part of a file (VM_MAPPED_COPY). */
  COPY,
  /** The file's store itself. */
  STORE
}
