package dev.nommu.api;

/** A file that can be mapped, as {@code file_operations.mmap}. */
public interface MappableFile extends OpenFile {
  /**
   * Consents to a direct mapping, or declines. Called after {@link
   * DirectlyMappableFile#getUnmappedArea} answered with a place. A file that is only ever copied
   * need not override it.
   *
   * @param request what is asked for
   * @param address where it will be: what {@code getUnmappedArea} answered
   * @return consent, or {@link Consent#DECLINED} (ENOSYS)
   * @throws ErrnoException any errno but ENOSYS: the mapping fails with it and is not copied
   */
  default Consent mmap(MapRequest request, long address) throws ErrnoException {
    return Consent.DECLINED;
  }
}
