package dev.nommu.kernel.mmap;

import java.util.List;
import java.util.Optional;

/**
 * A piece of mapped memory, as {@code struct vm_region}: used by one mapping or, if it is
 * shareable, by several. A snapshot unless a process changes it. Its text is a line of /proc/maps
 * (rule PROC-03).
 */
public interface MappedRegion {
  /** Returns what its memory is. */
  RegionKind kind();

  /** Returns the first address. */
  long start();

  /** Returns the address after the last initialised byte: the end shown in maps. */
  long end();

  /** Returns the offset in the file, in bytes; the requested offset if there is no file. */
  long offset();

  /** Returns the file through which the region was made, or empty for anonymous memory. */
  Optional<? extends MappedFile> file();

  /** Returns whether later requests may use the region. */
  boolean shareable();

  /** Returns the number of pages allocated for the region; 0 if it consists of a file's store. */
  long allocatedPages();

  /** Returns the mappings that use the region. */
  List<? extends Mapping> users();
}
