package dev.nommu.chardevfb;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Consent;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import java.lang.foreign.MemorySegment;

/**
 * The memory of a frame buffer: smem, with the operations of its file.
 *
 * @param range its addresses
 * @param bytes its contents, of the size of the range
 */
public record FrameMemory(AddressRange range, MemorySegment bytes) {

  /** Reads the bytes available at a position; 0 at and past the end (rule FB-07). */
  long read(MemorySegment into, long position) {
    long count = Math.clamp(range.length() - position, 0, into.byteSize());
    if (count > 0) {
      MemorySegment.copy(bytes, position, into, 0, count);
    }
    return count;
  }

  /**
   * Writes as many bytes as fit (rule FB-07).
   *
   * @throws ErrnoException if none fits: EFBIG if the position is past the end or the bytes exceed
   *     the whole memory, otherwise ENOSPC
   */
  long write(MemorySegment from, long position) throws ErrnoException {
    long count = Math.min(from.byteSize(), range.length() - position);
    if (count <= 0) {
      boolean tooBig = position > range.length() || from.byteSize() > range.length();
      throw new ErrnoException(
          tooBig ? Errno.EFBIG : Errno.ENOSPC,
          "frame buffer: write of %d bytes at %d: its size is %d bytes"
              .formatted(from.byteSize(), position, range.length()));
    }
    MemorySegment.copy(from, 0, bytes, position, count);
    return count;
  }

  /**
   * Places a mapping by the document: the offset is in bytes from the start (rule FB-06).
   *
   * @throws ErrnoException EINVAL if the mapping would extend beyond the last page
   */
  public Placement place(MapRequest request) throws ErrnoException {
    return placeAt(request, request.offset());
  }

  /**
   * Places a mapping as Linux 6.12 does: the <em>page number</em> in the file is taken as bytes
   * from the start (rule FB-02).
   *
   * @throws ErrnoException EINVAL if the mapping would extend beyond the last page
   */
  Placement placeByPageNumber(MapRequest request) throws ErrnoException {
    return placeAt(request, request.offset() >>> Page.SHIFT);
  }

  private Placement placeAt(MapRequest request, long start) throws ErrnoException {
    long size = Page.align(range.length());
    if (start < 0 || start > size || Long.compareUnsigned(request.length(), size - start) > 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap of frame buffer: 0x%x bytes at offset 0x%x: its size is 0x%x bytes"
              .formatted(request.length(), request.offset(), size));
    }
    return Placement.at(range.start() + start);
  }

  /**
   * Consents to a mapping at the address of its offset: when placed by page number, only one of
   * offset 0 or of part of an existing region (rule FB-05).
   *
   * @throws ErrnoException EINVAL if it is anywhere else or extends beyond the last page, or the
   *     memory does not begin at a page boundary
   */
  public Consent consent(MapRequest request, long address) throws ErrnoException {
    if (!Page.isAligned(range.start())) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap of frame buffer: expected it at a page boundary, found 0x%x"
              .formatted(range.start()));
    }
    if (!place(request).equals(Placement.at(address))) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap of frame buffer at 0x%x: its offset 0x%x is at 0x%x"
              .formatted(address, request.offset(), range.start() + request.offset()));
    }
    return Consent.ACCEPTED;
  }
}
