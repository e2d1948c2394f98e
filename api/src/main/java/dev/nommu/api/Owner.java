package dev.nommu.api;

/**
 * The owner of an inode: a user and a group. Its components are fixed.
 *
 * @param uid the user
 * @param gid the group
 * @since 0.1.0
 */
public record Owner(int uid, int gid) {
  /** The superuser and its group. */
  public static final Owner ROOT = new Owner(0, 0);
}
