package dev.nommu.nio;

import dev.nommu.api.DeviceNumber;
import dev.nommu.api.FileKind;
import dev.nommu.api.FilePermissions;
import dev.nommu.kernel.fs.FileStatus;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * The result of {@code stat} of a file. The kernel stores no creation time: the time of the last
 * modification stands in for it.
 *
 * @param status the result
 */
record NommuFileAttributes(FileStatus status) implements PosixFileAttributes {
  @Override
  public UserPrincipal owner() {
    return new Principals.User(status.attributes().owner().uid());
  }

  @Override
  public GroupPrincipal group() {
    return new Principals.Group(status.attributes().owner().gid());
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    return FilePermissions.ofMode(status.attributes().permissions());
  }

  @Override
  public FileTime lastModifiedTime() {
    return FileTime.from(status.attributes().modified());
  }

  @Override
  public FileTime lastAccessTime() {
    return FileTime.from(status.attributes().accessed());
  }

  @Override
  public FileTime creationTime() {
    return lastModifiedTime();
  }

  /** Returns when the contents or the attributes were last changed: {@code st_ctime}. */
  FileTime changedTime() {
    return FileTime.from(status.attributes().changed());
  }

  @Override
  public boolean isRegularFile() {
    return status.kind() == FileKind.REGULAR;
  }

  @Override
  public boolean isDirectory() {
    return status.kind() == FileKind.DIRECTORY;
  }

  @Override
  public boolean isSymbolicLink() {
    return status.kind() == FileKind.SYMBOLIC_LINK;
  }

  @Override
  public boolean isOther() {
    return !isRegularFile() && !isDirectory() && !isSymbolicLink();
  }

  @Override
  public long size() {
    return status.attributes().size();
  }

  @Override
  public Object fileKey() {
    return FileKey.of(status);
  }

  /** Returns the number of the device it is on, {@code st_dev}. */
  long device() {
    return encoded(status.device());
  }

  /** Returns the number of the device it represents, or 0: {@code st_rdev}. */
  long special() {
    return status.special().map(NommuFileAttributes::encoded).orElse(0L);
  }

  /** As {@code gnu_dev_makedev}. */
  private static long encoded(DeviceNumber number) {
    long minor = number.minor();
    return (minor & 0xff) | (long) number.major() << 8 | (minor & ~0xffL) << 12;
  }
}
