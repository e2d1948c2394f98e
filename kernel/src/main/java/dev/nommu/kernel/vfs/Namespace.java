package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is mounted where. Thread-safe. */
public final class Namespace {
  private record Point(Mount mount, VfsInode directory) {
    static Point of(VfsPath path) {
      return new Point(path.mount(), path.inode());
    }
  }

  @GuardedBy("this")
  private final Map<Point, Mount> mounts = new LinkedHashMap<>();

  private final Mount root;

  Namespace(Mount root) {
    this.root = root;
  }

  /** Returns the root of the tree. */
  public VfsPath root() {
    return root.root();
  }

  /** Returns every mount, the root first, in the order in which they were made. */
  public synchronized List<Mount> mounts() {
    List<Mount> all = new ArrayList<>();
    all.add(root);
    all.addAll(mounts.values());
    return all;
  }

  /** Returns the mount that covers a directory, held for the caller, or empty. */
  synchronized Optional<Mount> holdMountOn(VfsPath path) {
    return Optional.ofNullable(mounts.get(Point.of(path))).filter(Mount::hold);
  }

  /**
   * Adds a mount to the tree, unless another one covers the directory already.
   *
   * @param mount its point is on a mount that the caller holds
   * @return whether it was added
   * @throws ErrnoException ENOENT if the directory was removed
   */
  boolean add(Mount mount) throws ErrnoException {
    VfsPath point = mount.point().orElseThrow();
    point.inode().lock().lock();
    try {
      if (point.inode().isRemoved()) {
        throw new ErrnoException(Errno.ENOENT, "mount on " + point + ": the directory was removed");
      }
      return put(mount, point);
    } finally {
      point.inode().lock().unlock();
    }
  }

  private synchronized boolean put(Mount mount, VfsPath point) {
    if (mounts.putIfAbsent(Point.of(point), mount) != null) {
      return false;
    }
    point.mount().hold();
    point.inode().mounted(1);
    mount.superBlock().shownBy(mount);
    return true;
  }

  /** Takes a mount out of the tree, after {@link Mount#retire}. */
  void remove(Mount mount) {
    VfsPath point = mount.point().orElseThrow();
    synchronized (this) {
      mounts.remove(Point.of(point));
      point.inode().mounted(-1);
    }
    mount.superBlock().hiddenBy(mount);
    point.mount().release();
  }
}
