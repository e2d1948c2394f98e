package dev.nommu.api;

/**
 * The owner of an inode: a user and a group. It does not grow.
 *
 * @param uid the user
 * @param gid the group
 * @since 0.1.0
 */
public record Owner(int uid, int gid) {
  /** The superuser and the group of the superuser. */
  public static final Owner ROOT = new Owner(0, 0);
}
