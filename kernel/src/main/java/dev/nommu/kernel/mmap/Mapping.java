package dev.nommu.kernel.mmap;

import dev.nommu.api.AddressRange;
import java.util.Optional;

/**
 * A mapping of a process, as {@code struct vm_area_struct}. A snapshot unless the process changes
 * it. Its text is a line of /proc/PID/maps (rule PROC-03).
 */
public interface Mapping {
  /** Returns the first address, as returned by {@code mmap}. */
  long start();

  /** Returns the address after the last one. */
  long end();

  /** Returns the addresses. */
  AddressRange range();

  /** Returns what is mapped. */
  MappedRegion region();

  /** Returns the mapped file, or empty for anonymous memory. */
  Optional<? extends MappedFile> file();

  /** Returns the offset in the file, in bytes; 0 for anonymous memory (rule PROC-06). */
  long offset();
}
