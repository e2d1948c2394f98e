package dev.nommu.mtd;

import dev.nommu.api.ErrnoException;
import java.lang.foreign.MemorySegment;

/**
 * The contents of an MTD, for a parser that looks for a partition table there. Valid during the
 * call.
 */
public interface MtdContents {
  /** Returns the name of the MTD. */
  String name();

  /** Returns how many bytes it has. */
  long size();

  /** Returns the bytes of its largest erase block. */
  long eraseSize();

  /**
   * Reads bytes.
   *
   * @param into is filled
   * @param offset bytes from the start
   * @throws ErrnoException EINVAL if they are not all in the device, EIO
   */
  void read(MemorySegment into, long offset) throws ErrnoException;
}
