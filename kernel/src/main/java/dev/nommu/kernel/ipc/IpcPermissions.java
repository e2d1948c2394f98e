package dev.nommu.kernel.ipc;

/**
 * The owner and the permissions of an object, as in {@code struct ipc_perm}.
 *
 * @param key the key to look it up; 0 for none
 * @param uid the owner
 * @param gid the owner's group
 * @param creatorUid the creator, who remains an owner
 * @param creatorGid the creator's group
 * @param mode permission bits, and the state bits of {@link ShmStatus}
 */
public record IpcPermissions(int key, int uid, int gid, int creatorUid, int creatorGid, int mode) {
  /** The bits of {@link #mode} that are permissions. */
  public static final int PERMISSIONS = 0777;

  /** Returns a copy with another owner and other permission bits. */
  public IpcPermissions withOwner(int newUid, int newGid, int permissions) {
    int state = mode & ~PERMISSIONS;
    return new IpcPermissions(
        key, newUid, newGid, creatorUid, creatorGid, state | (permissions & PERMISSIONS));
  }

  /** Returns a copy with other bits in {@link #mode}. */
  public IpcPermissions withMode(int newMode) {
    return new IpcPermissions(key, uid, gid, creatorUid, creatorGid, newMode);
  }

  /** Returns a copy without a key: it can no longer be looked up. */
  public IpcPermissions withoutKey() {
    return new IpcPermissions(ShmFlags.IPC_PRIVATE, uid, gid, creatorUid, creatorGid, mode);
  }
}
