package dev.nommu.api;

/**
 * To whom an inode belongs.
 *
 * @param uid the user
 * @param gid the group
 */
public record Owner(int uid, int gid) {
  /** The superuser and the group of the superuser. */
  public static final Owner ROOT = new Owner(0, 0);
}
