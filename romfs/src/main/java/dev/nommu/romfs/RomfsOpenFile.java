package dev.nommu.romfs;

import dev.nommu.api.BackingDeviceInfo;
import dev.nommu.api.BackingStore;
import dev.nommu.api.Consent;
import dev.nommu.api.DirectlyMappableFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapCapability;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.Placement;
import dev.nommu.api.Protection;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.Sharing;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An open regular file: read through the image, mapped at the address of its bytes in the store.
 */
record RomfsOpenFile(RomfsImage image, BackingStore store, RomfsNode node)
    implements ReadableFile, DirectlyMappableFile {

  /** Returns the store's capabilities, since a file is contiguous in the store (rule BDI-07). */
  @Override
  public Optional<BackingDeviceInfo> backingDeviceInfo() {
    return Optional.of(store.backingDeviceInfo());
  }

  @Override
  public long read(MemorySegment into, long position) throws ErrnoException {
    return image.read(node, into, position);
  }

  /**
   * Returns the address of the file's bytes in the store (rules ROMFS-03 and ROMFS-04); the store
   * does not move them while the mapping exists.
   *
   * @throws ErrnoException EINVAL if the request is not within the pages of the file, or the file
   *     is not within the store
   */
  @Override
  public Placement getUnmappedArea(MapRequest request) throws ErrnoException {
    if (!store.backingDeviceInfo().permits(MapCapability.MAP_DIRECT)) {
      return Placement.DECLINED;
    }
    requireWithinFile(request);
    requireWithinStore(request);
    return store
        .point(start(request), pointed(request))
        .map(Placement::at)
        .orElse(Placement.DECLINED);
  }

  /** Consents to any mapping that can be shared (rule ROMFS-05). */
  @Override
  public Consent mmap(MapRequest request, long address) {
    boolean shareable = request.sharing() == Sharing.SHARED || !request.wants(Protection.WRITE);
    return shareable ? Consent.ACCEPTED : Consent.DECLINED;
  }

  private void requireWithinFile(MapRequest request) throws ErrnoException {
    long pages = Page.count(node.size());
    long first = request.offset() >>> Page.SHIFT;
    if (first >= pages || Page.count(request.length()) > pages - first) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap %s: expected a range within its %d pages, found %d pages from page %d on"
              .formatted(node.name(), pages, Page.count(request.length()), first));
    }
  }

  private void requireWithinStore(MapRequest request) throws ErrnoException {
    long missing = start(request) + request.length() - store.size();
    if (request.length() > store.size() || start(request) >= store.size() || missing >= Page.SIZE) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mmap %s: expected 0x%x bytes at 0x%x of the store, found its end at 0x%x"
              .formatted(node.name(), request.length(), start(request), store.size()));
    }
  }

  /** Returns the offset of the request in the store. */
  private long start(MapRequest request) {
    return node.dataOffset() + request.offset();
  }

  /** Returns how many bytes of the request lie in the store: the last page may end past it. */
  private long pointed(MapRequest request) {
    return Math.min(request.length(), store.size() - start(request));
  }
}
