package dev.nommu.kernel.shm;

import dev.nommu.kernel.ipc.IpcPermissions;
import dev.nommu.kernel.vfs.Credentials;

/**
 * The access of a process to an object of System V IPC.
 *
 * @param permissions of the object
 * @param by the credentials of the process
 */
record IpcAccess(IpcPermissions permissions, Credentials by) {
  /** Returns the permissions of a new object. */
  static IpcPermissions ofNew(int key, Credentials maker, int mode) {
    return new IpcPermissions(
        key, maker.uid(), maker.gid(), maker.uid(), maker.gid(), mode & IpcPermissions.PERMISSIONS);
  }

  /**
   * Returns whether all of these permissions are granted, as {@code ipcperms} does.
   *
   * @param wanted permission bits, in any of the triplets for owner, group and others
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

  /** Returns whether the object may be changed or removed: by owner, creator and the superuser. */
  boolean mayChange() {
    return by.uid() == 0 || isOwner();
  }

  private boolean isOwner() {
    return by.uid() == permissions.uid() || by.uid() == permissions.creatorUid();
  }
}
