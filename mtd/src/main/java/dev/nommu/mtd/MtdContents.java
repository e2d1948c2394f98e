package dev.nommu.mtd;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/** The contents of an MTD, for a parser of partition tables. Valid during the call. */
public interface MtdContents {
  /** Returns the name of the MTD. */
  String name();

  /** Returns the size in bytes. */
  long size();

  /** Returns the size of its largest erase block in bytes. */
  long eraseSize();

  /**
   * Reads bytes.
   *
   * @param into the segment to fill
   * @param offset bytes from the start
   * @throws ErrnoException EINVAL if the range does not lie in the device, EIO
   */
  void read(MemorySegment into, long offset) throws ErrnoException;
}
