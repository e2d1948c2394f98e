package dev.nommu.kernel.mmap;

import java.util.List;
import java.util.Optional;

/**
 * A piece of mapped memory, as {@code struct vm_region}: used by one mapping or, if it is
 * shareable, by several. It is as it was when it was asked for unless a process changes it. Its
 * text is a line of /proc/maps (rule PROC-03).
 */
public interface MappedRegion {
  /** Returns what its memory is. */
  RegionKind kind();

  /** Returns the first address. */
  long start();

  /** Returns the address after the last one that is initialised: the end that maps show. */
  long end();

  /** Returns the offset in the file, in bytes; what was asked for if there is no file. */
  long offset();

  /** Returns the file through which the region was made, or empty for anonymous memory. */
  Optional<? extends MappedFile> file();

  /** Returns whether later requests may use the region. */
  boolean shareable();

  /** Returns how many pages the region has allocated; 0 if it consists of a file's store. */
  long allocatedPages();

  /** Returns the mappings that use the region. */
  List<? extends Mapping> users();
}
