package dev.nommu.api;

/** A file whose store can be mapped in place, as {@code file_operations.get_unmapped_area}. */
public interface DirectlyMappableFile extends MappableFile {
  /**
   * Says where a direct mapping would be. Nothing is reserved by the answer.
   *
   * @param request what is asked for
   * @return the address, or {@link Placement#DECLINED} (ENOSYS): a private mapping is then copied
   *     if MAP_COPY is permitted, any other is refused with ENODEV (rule DIR-04)
   * @throws ErrnoException any errno but ENOSYS, by custom EINVAL for too long or at a wrong
   *     offset: the mapping fails with it and is not copied (rule DIR-03)
   */
  Placement getUnmappedArea(MapRequest request) throws ErrnoException;

  @Override
  Consent mmap(MapRequest request, long address) throws ErrnoException;
}
