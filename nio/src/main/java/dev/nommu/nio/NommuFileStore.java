package dev.nommu.nio;

import dev.nommu.api.FileSystem;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.fs.MountPoint;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mount in the tree. */
final class NommuFileStore extends FileStore {
  private final NommuFileSystem fileSystem;
  private final MountPoint mount;

  NommuFileStore(NommuFileSystem fileSystem, MountPoint mount) {
    this.fileSystem = fileSystem;
    this.mount = mount;
  }

  /** Returns the store of a file. */
  static NommuFileStore of(NommuPath file) throws IOException {
    NommuPath real = file.toRealPath();
    MountPoint nearest = null;
    for (MountPoint mount : file.getFileSystem().task().tree().mounts()) {
      NommuPath place = NommuPath.ofKernel(file.getFileSystem(), mount.path());
      boolean covers = nearest == null || mount.path().length() >= nearest.path().length();
      if (real.startsWith(place) && covers) {
        nearest = mount;
      }
    }
    if (nearest == null) {
      throw new IOException(file + ": expected a mount, found none");
    }
    return new NommuFileStore(file.getFileSystem(), nearest);
  }

  /** Returns the source it was mounted from. */
  @Override
  public String name() {
    return mount.source();
  }

  /** Returns the type of the file system. */
  @Override
  public String type() {
    return mount.type();
  }

  @Override
  public boolean isReadOnly() {
    return mount.has(MountFlag.READ_ONLY);
  }

  private FileSystem.Statistics statistics() throws IOException {
    NommuPath place = NommuPath.ofKernel(fileSystem, mount.path());
    return Failures.call(place, () -> fileSystem.task().tree().statfs(mount.path()));
  }

  /** Returns the result of {@code statfs}; 0 for ramfs, which does not report a size. */
  @Override
  public long getTotalSpace() throws IOException {
    return statistics().blocks() * statistics().blockSize();
  }

  @Override
  public long getUsableSpace() throws IOException {
    return getUnallocatedSpace();
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return statistics().freeBlocks() * statistics().blockSize();
  }

  @Override
  public long getBlockSize() throws IOException {
    return statistics().blockSize();
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return Set.of(
            BasicFileAttributeView.class,
            FileOwnerAttributeView.class,
            PosixFileAttributeView.class)
        .contains(type);
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return NamedAttributes.views().contains(name);
  }

  @Override
  public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
    return null;
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return switch (attribute) {
      case "totalSpace" -> getTotalSpace();
      case "usableSpace" -> getUsableSpace();
      case "unallocatedSpace" -> getUnallocatedSpace();
      default ->
          throw new UnsupportedOperationException(
              "attribute '%s' of a file store".formatted(attribute));
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NommuFileStore that
        && that.fileSystem == fileSystem
        && that.mount.equals(mount);
  }

  @Override
  public int hashCode() {
    return mount.hashCode();
  }

  /** Returns mount point and source, as {@code /mnt (none)}. */
  @Override
  public String toString() {
    return "%s (%s)".formatted(mount.path(), mount.source());
  }
}
