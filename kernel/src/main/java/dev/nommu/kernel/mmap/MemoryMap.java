package dev.nommu.kernel.mmap;

import dev.nommu.api.AddressRange;
import dev.nommu.api.LoadedImage;
import java.util.List;
import java.util.Optional;

/** The mappings of one process, as {@code struct mm_struct}. Thread-safe. */
public interface MemoryMap {
  /** Returns the mappings by ascending start, as they are now. */
  List<? extends Mapping> mappings();

  /** Returns how many mappings there are. */
  int size();

  /** Returns the first mapping that contains an address, or empty. */
  Optional<? extends Mapping> find(long address);

  /** Returns the first mapping that contains an address of a range, or empty. */
  Optional<? extends Mapping> find(AddressRange range);

  /** Returns the mappings that contain an address, as they are now, by ascending start. */
  List<? extends Mapping> mappingsAt(long address);

  /** Returns how many processes use it: more than one after {@code clone} with CLONE_VM. */
  int users();

  /** Returns where the image lies that was executed here, or empty if nothing ever was. */
  Optional<LoadedImage> image();
}
