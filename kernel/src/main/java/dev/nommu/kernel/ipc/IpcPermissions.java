package dev.nommu.kernel.ipc;

import dev.nommu.kernel.vfs.Credentials;

/**
 * To whom an object belongs and who may do what, as {@code struct ipc_perm}.
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

  /** Returns those of something new. */
  static IpcPermissions of(int key, Credentials maker, int mode) {
    return new IpcPermissions(
        key, maker.uid(), maker.gid(), maker.uid(), maker.gid(), mode & PERMISSIONS);
  }

  /** Returns the same for another owner and with other permission bits. */
  IpcPermissions withOwner(int newUid, int newGid, int permissions) {
    int state = mode & ~PERMISSIONS;
    return new IpcPermissions(
        key, newUid, newGid, creatorUid, creatorGid, state | (permissions & PERMISSIONS));
  }

  /** Returns the same with other bits in {@link #mode}. */
  IpcPermissions withMode(int newMode) {
    return new IpcPermissions(key, uid, gid, creatorUid, creatorGid, newMode);
  }

  /** Returns the same without a key: nobody finds it any more. */
  IpcPermissions withoutKey() {
    return new IpcPermissions(SharedMemory.IPC_PRIVATE, uid, gid, creatorUid, creatorGid, mode);
  }

  /**
   * Returns whether somebody is granted all of these permissions, as {@code ipcperms}.
   *
   * @param wanted permission bits; those of owner, group and others mean the same
   */
  boolean grants(Credentials credentials, int wanted) {
    int asked = wanted >>> 6 | wanted >>> 3 | wanted;
    return credentials.uid() == 0 || ((asked & 7) & ~granted(credentials)) == 0;
  }

  private int granted(Credentials credentials) {
    if (owns(credentials.uid())) {
      return mode >>> 6;
    }
    boolean member = credentials.gid() == gid || credentials.gid() == creatorGid;
    return member ? mode >>> 3 : mode;
  }

  /** Returns whether somebody may change or remove it: its owner, its maker, the superuser. */
  boolean mayChange(Credentials credentials) {
    return credentials.uid() == 0 || owns(credentials.uid());
  }

  private boolean owns(int user) {
    return user == uid || user == creatorUid;
  }
}
