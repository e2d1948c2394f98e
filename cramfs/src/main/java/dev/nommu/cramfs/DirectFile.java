package dev.nommu.cramfs;

import dev.nommu.api.AddressRange;
import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.Protection;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.Sharing;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An open file of an addressable image: uncompressed and contiguous parts are mapped in place, on
 * any type of device (rules CRAMFS-01 to CRAMFS-04).
 *
 * @param content the bytes
 * @param node the node of the file
 * @param image the addresses of the image, valid while it is mounted
 */
record DirectFile(CramfsContent content, CramfsNode node, AddressRange image)
    implements ReadableFile, DirectlyMappableFile {

  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(BackingDeviceInfo.ROM);
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return content.read(into, position);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ErrnoException EINVAL if the range extends past the pages of the file (rule CRAMFS-02);
   *     EIO if the image is malformed
   */
  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    long first = request.offset() >>> Page.SHIFT;
    long count = Page.count(request.length());
    long pages = Page.count(content.size());
    if (first >= pages || count > pages - first) {
      throw new ErrnoException(
          Errno.EINVAL,
          "map of %s: expected pages below %d, found %d pages from page %d on"
              .formatted(node, pages, count, first));
    }
    OptionalLong start = content.directRun((int) first, (int) count);
    return start.isEmpty() ? Placement.DECLINED : place(request, start.getAsLong());
  }

  @Override
  public Consent mmap(MapRequest request, long address) {
    boolean shareable = request.sharing() == Sharing.SHARED || !request.wants(Protection.WRITE);
    return shareable ? Consent.ACCEPTED : Consent.DECLINED;
  }

  private Placement place(MapRequest request, long start) throws ErrnoException {
    long bytes = Math.min(request.length(), content.size() - request.offset());
    if (start > image.length() - bytes) {
      throw CramfsFormat.malformed(
          "blocks of %s at 0x%x".formatted(node, start),
          "%d bytes before the end of the image at 0x%x".formatted(bytes, image.length()),
          "a pointer past it");
    }
    return Placement.at(image.start() + start);
  }
}
