package dev.nommu.api;

/**
 * A file whose store can be mapped in place, as {@code file_operations.get_unmapped_area}.
 *
 * @since 0.1.0
 */
public interface DirectlyMappableFile extends MappableFile {
  /**
   * Returns where a direct mapping would be. A plain address reserves nothing; a range pointed for
   * the answer is handed over with it ({@link Placement.Pointed}).
   *
   * @param request the requested mapping
   * @return the address, or {@link Placement#DECLINED} (ENOSYS): a private mapping is then copied
   *     if MAP_COPY is permitted, any other is refused with ENODEV (rule DIR-04)
   * @throws ErrnoException ENOSYS is the same as {@link Placement#DECLINED}; with any other errno,
   *     by convention EINVAL for a wrong length or offset, the mapping fails and is not copied
   *     (rule DIR-03)
   */
  Placement getUnmappedArea(MapRequest request) throws ErrnoException;

  /**
   * Consents to a direct mapping, or declines. Called after {@link #getUnmappedArea} returned a
   * placement; under the profile {@link Profile#LINUX_6_12} also for each further mapping that
   * shares a region (rule SHARE-07).
   *
   * @param request the requested mapping
   * @param address where it will be, as returned by {@code getUnmappedArea}
   * @return consent, or {@link Consent#DECLINED} (ENOSYS)
   * @throws ErrnoException ENOSYS is the same as {@link Consent#DECLINED}; with any other errno the
   *     mapping fails and is not copied
   */
  Consent mmap(MapRequest request, long address) throws ErrnoException;
}
