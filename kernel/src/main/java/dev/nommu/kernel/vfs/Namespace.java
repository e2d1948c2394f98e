package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The mounts, by their mount points. Thread-safe. */
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

  /** Returns every mount, the root first, in order of creation. */
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
   * @throws ErrnoException ENOENT if the directory was removed; EINVAL if its mount was detached
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

  private synchronized boolean put(Mount mount, VfsPath point) throws ErrnoException {
    if (!shows(point.mount())) {
      throw ErrnoException.byRule(
          "OPT-06", Errno.EINVAL, "mount on " + point + ": it is no longer in the tree");
    }
    if (mounts.putIfAbsent(Point.of(point), mount) != null) {
      return false;
    }
    point.mount().hold();
    point.inode().mounted(1);
    mount.superBlock().shownBy(mount);
    return true;
  }

  /** Returns whether a mount is in the tree. */
  boolean shows(Mount mount) {
    return mount == root || mount.point().isPresent();
  }

  /**
   * Removes a mount from the tree and ends it, unless it has holders besides the caller, counted
   * once.
   *
   * @return whether it did
   */
  boolean remove(Mount mount) {
    Optional<VfsPath> point = take(mount);
    if (point.isPresent()) {
      mount.superBlock().hiddenBy(mount);
      point.get().mount().release();
    }
    return point.isPresent();
  }

  private synchronized Optional<VfsPath> take(Mount mount) {
    Optional<VfsPath> point = mount.point().filter(at -> mount.retire());
    point.ifPresent(this::uncover);
    return point;
  }

  @GuardedBy("this")
  private void uncover(VfsPath point) {
    mounts.remove(Point.of(point));
    point.inode().mounted(-1);
  }

  /**
   * Removes a mount and all mounts below it from the tree, even if they are in use.
   *
   * @param end run for each after its last release
   */
  void detach(Mount top, Consumer<Mount> end) {
    Map<Mount, VfsPath> detached = takeAll(top, end);
    detached.forEach((mount, point) -> {
      point.mount().release();
      mount.release();
    });
  }

  private synchronized Map<Mount, VfsPath> takeAll(Mount top, Consumer<Mount> end) {
    Map<Mount, VfsPath> taken = new LinkedHashMap<>();
    for (Mount mount : mounts.values()) {
      if (isBelow(mount, top) && mount.hold()) {
        taken.put(mount, mount.point().orElseThrow());
      }
    }
    taken.forEach((mount, point) -> {
      uncover(point);
      mount.detach(() -> end.accept(mount));
    });
    return taken;
  }

  private static boolean isBelow(Mount mount, Mount top) {
    Optional<Mount> at = Optional.of(mount);
    while (at.isPresent() && at.get() != top) {
      at = at.get().parent();
    }
    return at.isPresent();
  }
}
