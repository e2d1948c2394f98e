package dev.nommu.kernel.mmap;

import dev.nommu.api.AddressRange;
import dev.nommu.api.LoadedImage;
import java.util.List;
import java.util.Optional;

/** The mappings of one process, as {@code struct mm_struct}. Thread-safe. */
public interface MemoryMap {
  /** Returns a snapshot of the mappings by ascending start. */
  List<? extends Mapping> mappings();

  /** Returns the number of mappings. */
  int size();

  /** Returns the first mapping that contains an address, or empty. */
  Optional<? extends Mapping> find(long address);

  /** Returns the first mapping that contains an address of a range, or empty. */
  Optional<? extends Mapping> find(AddressRange range);

  /** Returns a snapshot of the mappings that contain an address, by ascending start. */
  List<? extends Mapping> mappingsAt(long address);

  /**
   * Returns the number of processes that use it: more than one after {@code clone} with CLONE_VM.
   */
  int users();

  /** Returns the location of the image executed here, or empty if none was. */
  Optional<LoadedImage> image();
}
