package dev.nommu.api;

/**
 * A file whose store can be mapped in place, as {@code file_operations.get_unmapped_area}.
 *
 * @since 0.1.0
 */
public interface DirectlyMappableFile extends MappableFile {
  /**
   * Says where a direct mapping would be. A plain address reserves nothing; what was pointed for
   * the answer is handed over with it ({@link Placement.Pointed}).
   *
   * @param request what is asked for
   * @return the address, or {@link Placement#DECLINED} (ENOSYS): a private mapping is then copied
   *     if MAP_COPY is permitted, any other is refused with ENODEV (rule DIR-04)
   * @throws ErrnoException ENOSYS is the same as {@link Placement#DECLINED}; any other errno, by
   *     custom EINVAL for too long or at a wrong offset: the mapping fails with it and is not
   *     copied (rule DIR-03)
   */
  Placement getUnmappedArea(MapRequest request) throws ErrnoException;

  /**
   * Consents to a direct mapping, or declines. Called after {@link #getUnmappedArea} answered with
   * a place; under the profile {@link Profile#LINUX_6_12} also for each further mapping of what is
   * mapped already (rule SHARE-07).
   *
   * @param request what is asked for
   * @param address where it will be: what {@code getUnmappedArea} answered
   * @return consent, or {@link Consent#DECLINED} (ENOSYS)
   * @throws ErrnoException ENOSYS is the same as {@link Consent#DECLINED}; any other errno: the
   *     mapping fails with it and is not copied
   */
  Consent mmap(MapRequest request, long address) throws ErrnoException;
}
