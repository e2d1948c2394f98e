package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Attributes;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.api.Owner;

/**
 * The credentials of a process.
 *
 * @param uid the user; 0 may do everything
 * @param gid the group
 */
public record Credentials(int uid, int gid) {
  /** The superuser. */
  public static final Credentials ROOT = new Credentials(0, 0);

  private static final int SET_USER_ID = 04000;
  private static final int SET_GROUP_ID = 02000;
  private static final int STICKY = 01000;
  private static final int GROUP_EXECUTE = 0010;

  /** Read permission. */
  static final int READ = 4;

  /** Write permission. */
  static final int WRITE = 2;

  /** Permission to execute, or to look names up in a directory. */
  static final int SEARCH = 1;

  /** Returns the owner of files created with these credentials. */
  public Owner owner() {
    return new Owner(uid, gid);
  }

  /**
   * Returns a new inode in a directory, as {@code inode_init_owner}: it has these credentials as
   * owner; in a directory with S_ISGID it has the group of the directory, and a new directory has
   * S_ISGID, too (rule OWN-01).
   */
  NewInode making(NewInode what, Attributes directory) {
    if ((directory.permissions() & SET_GROUP_ID) == 0) {
      return what.with(what.permissions(), owner());
    }
    return what.with(
        inheriting(what, directory.owner().gid()), new Owner(uid, directory.owner().gid()));
  }

  /**
   * Returns a mode in a directory with S_ISGID: without S_ISGID unless the caller is in the group.
   */
  private int inheriting(NewInode what, int group) {
    int permissions = what.permissions();
    if (what instanceof NewInode.Directory) {
      return permissions | SET_GROUP_ID;
    }
    boolean executableForGroup =
        (permissions & (SET_GROUP_ID | GROUP_EXECUTE)) == (SET_GROUP_ID | GROUP_EXECUTE);
    return executableForGroup && !isOf(group) ? permissions & ~SET_GROUP_ID : permissions;
  }

  /** Returns whether these credentials have the rights of an owner. */
  boolean owns(Owner owner) {
    return uid == 0 || uid == owner.uid();
  }

  /** Returns whether these credentials may act for a group: as a member, or the superuser. */
  private boolean isOf(int group) {
    return uid == 0 || gid == group;
  }

  /**
   * Returns whether a name of an inode may be removed: in a directory with S_ISVTX only by the
   * owner of either (rule OWN-08).
   *
   * @throws ErrnoException EIO if the plugin fails to report the owners
   */
  boolean mayRemove(VfsInode inode, VfsInode directory) throws ErrnoException {
    if (uid == 0) {
      return true;
    }
    Attributes at = directory.attributes();
    return (at.permissions() & STICKY) == 0 || owns(at.owner()) || owns(inode.attributes().owner());
  }

  /** Returns the permitted mode: S_ISGID is for members of the group. */
  int settable(int permissions, Owner owner) {
    return isOf(owner.gid()) ? permissions : permissions & ~SET_GROUP_ID;
  }

  /** Returns whether the owner may be changed to a user: to another one only by the superuser. */
  boolean mayGiveTo(int user, Owner owner) {
    return uid == 0 || (uid == owner.uid() && user == owner.uid());
  }

  /** Returns whether the group may be changed to a group. */
  boolean mayGiveToGroup(int group, Owner owner) {
    return owns(owner) && (isOf(group) || group == owner.gid());
  }

  /** Returns the mode after a change of owner, without set-user-ID and set-group-ID bits. */
  int givenAway(Attributes file) {
    boolean keepsGroup = (file.permissions() & GROUP_EXECUTE) == 0 && isOf(file.owner().gid());
    int lost = keepsGroup ? SET_USER_ID : SET_USER_ID | SET_GROUP_ID;
    return file.permissions() & ~lost;
  }

  /** Returns whether a process with these credentials may inspect and trace one with others. */
  public boolean mayInspect(Credentials others) {
    return uid == 0 || equals(others);
  }

  /** Returns the permissions that this access to a file requires. */
  static int wanted(AccessMode mode) {
    return switch (mode) {
      case READ -> READ;
      case WRITE -> WRITE;
      case READ_WRITE -> READ | WRITE;
    };
  }

  /** Returns whether a file may be executed; the superuser needs any execute permission. */
  boolean mayExecute(Attributes attributes) {
    return uid == 0 ? (attributes.permissions() & 0111) != 0 : mayAccess(attributes, SEARCH);
  }

  /** Returns whether the mode bits of an inode grant all of these permissions. */
  boolean mayAccess(Attributes attributes, int wanted) {
    if (uid == 0) {
      return true;
    }
    int shift = uid == attributes.owner().uid() ? 6 : gid == attributes.owner().gid() ? 3 : 0;
    return (attributes.permissions() >>> shift & wanted) == wanted;
  }

  /**
   * Returns whether the mode bits of an inode grant all of these permissions; not checked for the
   * superuser.
   *
   * @throws ErrnoException EIO if the plugin fails to report them
   */
  boolean mayAccess(VfsInode inode, int wanted) throws ErrnoException {
    return uid == 0 || mayAccess(inode.attributes(), wanted);
  }
}
