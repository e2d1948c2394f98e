package dev.nommu.romfs;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.image.ByteSource;

/** The file system type {@code romfs}: read-only, mapped in place if its store can be. */
public final class RomfsType implements FileSystemType {
  /** Creates the type. */
  public RomfsType() {}

  @Override
  public String name() {
    return "romfs";
  }

  @Override
  public Source source() {
    return Source.STORE;
  }

  /**
   * Mounts an image (rule ROMFS-12).
   *
   * @throws ErrnoException EINVAL if the store does not hold a romfs or the image is longer than
   *     the MTD; EIO if the store cannot be read
   */
  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    BackingStore store = request.requireStore();
    RomfsImage image = RomfsImage.open(ByteSource.of(store));
    requireFits(image.header(), store);
    return new RomfsFileSystem(image, store);
  }

  /** Only an MTD's size is compared; reads past the end of a block device fail (ROMFS-12). */
  private static void requireFits(RomfsHeader header, BackingStore store) throws ErrnoException {
    if (store.kind() == BackingStore.Kind.MTD && header.size() > store.size()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "bad romfs: expected a size of at most the store's %d bytes at 0x8, found %d"
              .formatted(store.size(), header.size()));
    }
  }
}
