package dev.nommu.api;

/**
 * A type of file system, as {@code struct file_system_type}: what a filesystem plugin provides.
 * Stateless; found by {@link java.util.ServiceLoader} or bound by hand.
 *
 * @since 0.1.0
 */
public interface FileSystemType {
  /** The kind of source that a file system of this type is mounted from. The set may grow. */
  enum Source {
    /** A block device or MTD: FS_REQUIRES_DEV. */
    STORE,
    /** Nothing, or something the type itself knows: "nodev" in /proc/filesystems. */
    NODEV
  }

  /** Returns the name by which it is mounted, such as {@code "romfs"}. */
  String name();

  /** Returns what it is mounted from. */
  Source source();

  /**
   * Returns whether the type has a mount option of this name; one that no type has, such as {@code
   * ro}, is never asked about. A mount with an option that the type does not know fails with
   * EINVAL, and {@link #mount} is not called.
   *
   * @param name what stands before the equals sign, if there is one
   */
  default boolean knowsOption(String name) {
    return false;
  }

  /**
   * Mounts a file system. Called once for each store; a second mount of the same store shares the
   * file system that is there.
   *
   * @throws ErrnoException EINVAL if the store does not hold such a file system or an option is bad
   *     (what was expected, what was found, where), EIO if it cannot be read, ENOMEM
   */
  FileSystem mount(MountRequest request) throws ErrnoException;
}
