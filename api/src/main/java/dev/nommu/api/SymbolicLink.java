package dev.nommu.api;

/**
 * A symbolic link.
 *
 * @since 0.1.0
 */
public non-sealed interface SymbolicLink extends Inode {
  /**
   * Returns the path the link holds, 1 to 4095 bytes.
   *
   * @throws ErrnoException EIO if the store fails or is malformed
   */
  String target() throws ErrnoException;
}
