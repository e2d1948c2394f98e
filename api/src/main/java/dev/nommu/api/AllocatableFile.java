package dev.nommu.api;

import java.util.Set;

/**
 * A file whose space can be allocated and freed, as with {@code file_operations.fallocate}.
 *
 * @since 0.1.0
 */
public interface AllocatableFile extends OpenFile {
  /**
   * Allocates or frees space. The kernel has checked the range, the combination of flags, and that
   * the file is open for writing. A file that is mapped in place keeps its pages.
   *
   * @param flags none to allocate and grow the file; not changed afterwards
   * @param offset bytes from the start of the file, 0 or more
   * @param length bytes, 1 or more
   * @throws ErrnoException EOPNOTSUPP for unsupported flags, EINVAL, EFBIG, ENOSPC, EIO: the
   *     contents are unchanged
   */
  void allocate(Set<AllocationFlag> flags, long offset, long length) throws ErrnoException;
}
