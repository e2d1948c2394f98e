package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is mounted where. Thread-safe. */
public final class Namespace {
  private record Point(Mount mount, VfsInode directory) {}

  /** The roots of what is mounted, by where. */
  private final Map<Point, VfsPath> mounts = new LinkedHashMap<>();

  private final VfsPath root;

  Namespace(Mount root) {
    this.root = root.root();
  }

  /** Returns the root of the tree. */
  public VfsPath root() {
    return root;
  }

  /** Returns every mount, the root first, in the order in which they were made. */
  public synchronized List<Mount> mounts() {
    List<Mount> all = new ArrayList<>();
    all.add(root.mount());
    mounts.values().forEach(top -> all.add(top.mount()));
    return all;
  }

  /** Returns the place that covers a directory: the root of what is mounted on it, or itself. */
  VfsPath crossed(VfsPath path) {
    return path.inode().isMountPoint() ? topmost(path) : path;
  }

  private synchronized VfsPath topmost(VfsPath path) {
    VfsPath at = path;
    Optional<VfsPath> on = on(at);
    while (on.isPresent()) {
      at = on.get();
      on = on(at);
    }
    return at;
  }

  private Optional<VfsPath> on(VfsPath path) {
    return Optional.ofNullable(mounts.get(new Point(path.mount(), path.inode())));
  }

  synchronized void add(Mount mount) {
    VfsPath point = mount.point().orElseThrow();
    mounts.put(new Point(point.mount(), point.inode()), mount.root());
    point.inode().mounted(1);
  }

  /**
   * Takes a mount away.
   *
   * @param path the root of the mount
   * @throws ErrnoException EINVAL if it is not the root of a mount, EBUSY if another mount lies in
   *     it or it is the root of the tree
   */
  synchronized Mount remove(VfsPath path) throws ErrnoException {
    requireMountRoot(path);
    Mount mount = path.mount();
    boolean below = mounts.keySet().stream().anyMatch(point -> point.mount().equals(mount));
    if (below || mount.point().isEmpty()) {
      throw new ErrnoException(Errno.EBUSY, "umount " + path + ": it is in use");
    }
    VfsPath point = mount.point().get();
    mounts.remove(new Point(point.mount(), point.inode()));
    point.inode().mounted(-1);
    return mount;
  }

  /**
   * Checks that a path is where something is mounted.
   *
   * @throws ErrnoException EINVAL if it is not
   */
  static void requireMountRoot(VfsPath path) throws ErrnoException {
    if (path.parent().isPresent()) {
      throw new ErrnoException(Errno.EINVAL, "umount " + path + ": nothing is mounted there");
    }
  }

  /** Returns how many mounts show this file system. */
  synchronized long mountsOf(SuperBlock superBlock) {
    return mounts().stream().filter(mount -> mount.superBlock() == superBlock).count();
  }
}
