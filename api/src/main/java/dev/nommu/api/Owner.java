package dev.nommu.api;

/**
 * To whom an inode belongs. It does not grow: these are all of its components.
 *
 * @param uid the user
 * @param gid the group
 * @since 0.1.0
 */
public record Owner(int uid, int gid) {
  /** The superuser and the group of the superuser. */
  public static final Owner ROOT = new Owner(0, 0);
}
