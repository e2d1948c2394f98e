package dev.nommu.cramfs;

import dev.nommu.api.BackingStore;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.Page;
import dev.nommu.api.PointedRange;
import dev.nommu.image.ByteSource;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The type "cramfs": a read-only compressed image in the machine's byte order, which is
 * little-endian. It has no mount options of its own.
 *
 * <p>If the whole store is addressable, the image stays pointed while it is mounted. If it also has
 * the flag {@link CramfsFlag#EXT_BLOCK_POINTERS}, files that are uncompressed and contiguous in it
 * can be mapped in place (rules CRAMFS-01 to CRAMFS-05).
 */
public final class CramfsType implements FileSystemType {
  /** Creates the type; it has no state. */
  public CramfsType() {}

  @Override
  public String name() {
    return "cramfs";
  }

  @Override
  public Source source() {
    return Source.STORE;
  }

  /**
   * Mounts an image. The first page of the store is pointed while the superblock is checked, then
   * the whole image; if that fails, the image is read through the store (rule CRAMFS-05).
   *
   * @throws ErrnoException EINVAL if the store does not contain a supported image in the machine's
   *     byte order (rule CRAMFS-21); EIO if it cannot be read
   */
  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    BackingStore store = request.requireStore();
    ByteSource source = ByteSource.of(store);
    CramfsSuperblock superblock = superblock(store, source);
    CramfsImage image = CramfsImage.mounted(source, superblock, request.profile());
    return new CramfsFileSystem(image, pointed(store, superblock.size()));
  }

  private static CramfsSuperblock superblock(BackingStore store, ByteSource source)
      throws ErrnoException {
    Optional<PointedRange> firstPage = pointed(store, Page.SIZE);
    try {
      CramfsSuperblock superblock = CramfsSuperblock.read(source);
      requireMachineOrder(superblock);
      superblock.requireSupported();
      return superblock;
    } finally {
      firstPage.ifPresent(PointedRange::close);
    }
  }

  /** A store that is not addressable is read; if pointing fails, the mount does. */
  private static Optional<PointedRange> pointed(BackingStore store, long length)
      throws ErrnoException {
    if (length == 0) {
      return Optional.empty();
    }
    try {
      return store.point(0, length);
    } catch (ErrnoException notAddressable) {
      if (notAddressable.errno() == Errno.EIO) {
        throw notAddressable;
      }
      return Optional.empty();
    }
  }

  private static void requireMachineOrder(CramfsSuperblock superblock) throws ErrnoException {
    if (!superblock.byteOrder().equals(ByteOrder.LITTLE_ENDIAN)) {
      throw CramfsFormat.notMountable(
          "endianness of the magic at 0x%x".formatted(superblock.offset()),
          "little-endian as the machine is",
          "big-endian");
    }
  }
}
