package dev.nommu.cli.board;

import dev.nommu.kernel.fs.MountPoint;
import java.util.List;
import java.util.Optional;

/**
 * Mounts hidden by other mounts: a later mount on the same directory, or on a parent.
 *
 * @param mounts all mounts of a machine
 */
record MountCover(List<MountPoint> mounts) {
  /** Takes an immutable copy. */
  MountCover {
    mounts = List.copyOf(mounts);
  }

  /** Returns the mount at which a walk to this one ends; empty if the walk reaches it. */
  Optional<MountPoint> of(MountPoint mount) {
    return mounts.stream()
        .filter(other -> isOnRoot(other, mount) || isOnTheWay(other, mount))
        .findFirst();
  }

  private static boolean isOnRoot(MountPoint cover, MountPoint mount) {
    return isIn(cover, mount) && cover.path().equals(mount.path());
  }

  private static boolean isOnTheWay(MountPoint cover, MountPoint mount) {
    return mount.parent().filter(on -> isPassed(cover, on, mount)).isPresent();
  }

  private static boolean isPassed(MountPoint cover, MountPoint below, MountPoint mount) {
    boolean beside = isIn(cover, below) && !cover.equals(mount);
    return (beside && leadsTo(cover, mount)) || isOnTheWay(cover, below);
  }

  private static boolean isIn(MountPoint mount, MountPoint below) {
    return mount.parent().filter(below::equals).isPresent();
  }

  private static boolean leadsTo(MountPoint cover, MountPoint mount) {
    return (mount.path() + "/").startsWith(cover.path().equals("/") ? "/" : cover.path() + "/");
  }
}
