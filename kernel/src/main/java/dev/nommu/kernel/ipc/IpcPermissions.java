package dev.nommu.kernel.ipc;

/**
 * The owner and the permissions of an object, as {@code struct ipc_perm}.
 *
 * @param key by which it is found; 0 if it is not
 * @param uid the owner
 * @param gid the owner's group
 * @param creatorUid who made it, who stays an owner
 * @param creatorGid the group of who made it
 * @param mode permission bits, and what {@link ShmStatus} says of a segment's state
 */
public record IpcPermissions(int key, int uid, int gid, int creatorUid, int creatorGid, int mode) {
  /** The bits of {@link #mode} that are permissions. */
  public static final int PERMISSIONS = 0777;

  /** Returns the same for another owner and with other permission bits. */
  public IpcPermissions withOwner(int newUid, int newGid, int permissions) {
    int state = mode & ~PERMISSIONS;
    return new IpcPermissions(
        key, newUid, newGid, creatorUid, creatorGid, state | (permissions & PERMISSIONS));
  }

  /** Returns the same with other bits in {@link #mode}. */
  public IpcPermissions withMode(int newMode) {
    return new IpcPermissions(key, uid, gid, creatorUid, creatorGid, newMode);
  }

  /** Returns the same without a key: nobody finds it any more. */
  public IpcPermissions withoutKey() {
    return new IpcPermissions(ShmFlags.IPC_PRIVATE, uid, gid, creatorUid, creatorGid, mode);
  }
}
