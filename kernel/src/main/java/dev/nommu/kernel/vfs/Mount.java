package dev.nommu.kernel.vfs;

import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.fs.MountPoint;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file system at a place in the tree, as {@code struct mount}. It stays there while somebody
 * holds it: a path walk that stands on it, an open file, a working directory, a mount on one of its
 * directories. Thread-safe.
 */
public final class Mount implements MountPoint {
  private static final long OPEN_FILE = 1L << Integer.SIZE;
  private static final long HOLD = 1;
  private static final long GONE = Long.MIN_VALUE;

  private final SuperBlock superBlock;
  private final String source;
  private final Set<MountFlag> flags;
  private final Optional<VfsPath> point;
  private final VfsPath root;

  /** Open files in the upper half, other holders in the lower half; negative when taken away. */
  private final AtomicLong holders = new AtomicLong();

  /**
   * Creates a mount that is nowhere yet.
   *
   * @param source the first argument of {@code mount(2)}
   * @param point the directory it will cover; empty for the root of a tree, which always stays
   */
  Mount(SuperBlock superBlock, String source, Set<MountFlag> flags, Optional<VfsPath> point) {
    this.superBlock = superBlock;
    this.source = source;
    this.flags = superBlock.isReadOnly() ? readOnly(flags) : Set.copyOf(flags);
    this.point = point;
    this.root = new VfsPath(this, superBlock.root(), null, "");
  }

  private static Set<MountFlag> readOnly(Set<MountFlag> flags) {
    Set<MountFlag> all = EnumSet.of(MountFlag.READ_ONLY);
    all.addAll(flags);
    return Set.copyOf(all);
  }

  /** Returns the file system. */
  public SuperBlock superBlock() {
    return superBlock;
  }

  @Override
  public String path() {
    return point.map(VfsPath::toString).orElse("/");
  }

  @Override
  public Optional<Mount> parent() {
    return point.map(VfsPath::mount);
  }

  @Override
  public String type() {
    return superBlock.type();
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public Set<MountFlag> flags() {
    return flags;
  }

  @Override
  public boolean has(MountFlag flag) {
    return flags.contains(flag);
  }

  /** Returns the directory it covers; empty for the root of the tree. */
  public Optional<VfsPath> point() {
    return point;
  }

  /** Returns its root directory as a path. */
  VfsPath root() {
    return root;
  }

  /** Keeps it where it is until {@link #release}; returns false if it was taken away before. */
  boolean hold() {
    return point.isEmpty() || holders.getAndUpdate(held -> held < 0 ? held : held + HOLD) >= 0;
  }

  /** Ends {@link #hold}. */
  void release() {
    if (point.isPresent()) {
      holders.addAndGet(-HOLD);
    }
  }

  /** Keeps it for an open file; called by somebody who holds it. */
  void fileOpened() {
    holders.addAndGet(OPEN_FILE);
  }

  /** Ends {@link #fileOpened}. */
  void fileClosed() {
    holders.addAndGet(-OPEN_FILE);
  }

  @Override
  public int openFiles() {
    return Math.max(0, (int) (holders.get() >> Integer.SIZE));
  }

  /**
   * Takes it away if nobody but the caller, once, holds it; it can be held no more.
   *
   * @return whether it is taken away now
   */
  boolean retire() {
    return point.isPresent() && holders.compareAndSet(HOLD, GONE);
  }

  /** Returns who keeps it from being taken away, for a message. */
  String holders() {
    long held = holders.get();
    return "open files: %d, other users: %d"
        .formatted(held >> Integer.SIZE, Math.max(0, (int) held - 1));
  }
}
