package dev.nommu.cli;

import dev.nommu.kernel.vfs.Mount;
import dev.nommu.kernel.vfs.VfsPath;
import java.util.List;
import java.util.Optional;

/**
 * What keeps mounts from being seen: a later mount on the same directory, or on one on the way.
 *
 * @param mounts all mounts of a machine
 */
record MountCover(List<Mount> mounts) {
  /** Takes an immutable copy. */
  MountCover {
    mounts = List.copyOf(mounts);
  }

  /** Returns the mount at which a walk to this one ends; empty if the walk gets there. */
  Optional<Mount> of(Mount mount) {
    return mounts.stream()
        .filter(other -> isOnRoot(other, mount) || isOnTheWay(other, mount))
        .findFirst();
  }

  /** Returns where a mount is, as a path. */
  static String path(Mount mount) {
    return mount.point().map(VfsPath::toString).orElse("/");
  }

  private static boolean isOnRoot(Mount cover, Mount mount) {
    return isIn(cover, mount) && path(cover).equals(path(mount));
  }

  private static boolean isOnTheWay(Mount cover, Mount mount) {
    return mount.point().map(VfsPath::mount).filter(on -> isPassed(cover, on, mount)).isPresent();
  }

  private static boolean isPassed(Mount cover, Mount below, Mount mount) {
    boolean beside = isIn(cover, below) && !cover.equals(mount);
    return (beside && leadsTo(cover, mount)) || isOnTheWay(cover, below);
  }

  private static boolean isIn(Mount mount, Mount below) {
    return mount.point().map(VfsPath::mount).filter(below::equals).isPresent();
  }

  private static boolean leadsTo(Mount cover, Mount mount) {
    return (path(mount) + "/").startsWith(path(cover).equals("/") ? "/" : path(cover) + "/");
  }
}
