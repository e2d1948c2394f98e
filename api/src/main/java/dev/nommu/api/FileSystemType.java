package dev.nommu.api;

/**
 * A type of file system, as {@code struct file_system_type}: the service a file system plugin
 * provides. Stateless; found by {@link java.util.ServiceLoader} or bound explicitly.
 *
 * @since 0.1.0
 */
public interface FileSystemType {
  /** The kind of source that a file system of this type is mounted from. The set may grow. */
  enum Source {
    /** A block device or MTD: FS_REQUIRES_DEV. */
    STORE,
    /** Nothing, or a source that the type interprets: "nodev" in /proc/filesystems. */
    NODEV
  }

  /** Returns the name used to mount it, such as {@code "romfs"}. */
  String name();

  /** Returns the kind of source it is mounted from. */
  Source source();

  /**
   * Returns whether the type has a mount option of this name; generic options such as {@code ro}
   * are never asked about. A mount with an unknown option fails with EINVAL, and {@link #mount} is
   * not called.
   *
   * @param name the part before an equals sign, if there is one
   */
  default boolean knowsOption(String name) {
    return false;
  }

  /**
   * Mounts a file system. Called once for each store; a second mount of the same store shares the
   * mounted file system.
   *
   * @throws ErrnoException EINVAL if the store does not hold such a file system or an option is
   *     invalid (expected, found, where), EIO if it cannot be read, ENOMEM
   */
  FileSystem mount(MountRequest request) throws ErrnoException;
}
