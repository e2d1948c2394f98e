package dev.nommu.kernel.shm;

import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.vfs.Credentials;

/**
 * The access somebody has to an object of System V IPC.
 *
 * @param permissions the object's
 * @param by who asks
 */
record IpcAccess(IpcPermissions permissions, Credentials by) {
  /** Returns the permissions of something new. */
  static IpcPermissions ofNew(int key, Credentials maker, int mode) {
    return new IpcPermissions(
        key, maker.uid(), maker.gid(), maker.uid(), maker.gid(), mode & IpcPermissions.PERMISSIONS);
  }

  /**
   * Returns whether all of these permissions are granted, as {@code ipcperms}.
   *
   * @param wanted permission bits; those of owner, group and others mean the same
   */
  boolean isGranted(int wanted) {
    int asked = wanted >>> 6 | wanted >>> 3 | wanted;
    return by.uid() == 0 || ((asked & 7) & ~granted()) == 0;
  }

  private int granted() {
    if (isOwner()) {
      return permissions.mode() >>> 6;
    }
    boolean member = by.gid() == permissions.gid() || by.gid() == permissions.creatorGid();
    return member ? permissions.mode() >>> 3 : permissions.mode();
  }

  /** Returns whether the object may be changed or removed: by owner, maker and the superuser. */
  boolean mayChange() {
    return by.uid() == 0 || isOwner();
  }

  private boolean isOwner() {
    return by.uid() == permissions.uid() || by.uid() == permissions.creatorUid();
  }
}
