package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.fs.MountPoint;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A file system at a place in the tree, as {@code struct mount}. It stays there while it has
 * holders: a path walk, an open file, a working directory, a mount on one of its directories. A
 * detached one is no longer in the tree and lasts until its last holder releases it. Thread-safe.
 */
public final class Mount implements MountPoint {
  private static final long OPEN_FILE = 1L << Integer.SIZE;
  private static final long HOLD = 1;
  private static final long GONE = Long.MIN_VALUE;

  private final SuperBlock superBlock;
  private final String source;
  private final Optional<VfsPath> point;
  private final VfsPath root;

  private volatile Set<MountFlag> flags;

  /** Files open for writing, and changes in progress. */
  @GuardedBy("this")
  private int writers;

  private final Writing writing = this::endWriting;

  /** Open files in the upper half, other holders in the lower half; negative once unmounted. */
  private final AtomicLong holders = new AtomicLong();

  /** The action to run after the last release; null while it is in the tree. */
  private volatile @Nullable Runnable whenUnused;

  /** Whether it was found unused, and has not been held since. */
  private volatile boolean expiring;

  /**
   * Creates a mount that is not in the tree yet.
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
    return point().map(VfsPath::toString).orElse("/");
  }

  @Override
  public Optional<Mount> parent() {
    return point().map(VfsPath::mount);
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

  /** Prevents a mount from becoming read-only, until closed, once. */
  @FunctionalInterface
  interface Writing extends AutoCloseable {
    /** Prevents nothing. */
    Writing NOTHING = () -> {};

    @Override
    void close();
  }

  /**
   * Changes how it is mounted, as MS_REMOUNT.
   *
   * @throws ErrnoException EBUSY if it would be read-only with a file open for writing, or while
   *     something in it is being changed (rule OPT-03)
   */
  synchronized void remount(Set<MountFlag> wanted) throws ErrnoException {
    if (wanted.contains(MountFlag.READ_ONLY) && writers > 0) {
      throw ErrnoException.byRule(
          "OPT-03",
          Errno.EBUSY,
          "remount of %s read-only: files open for writing, and changes under way: %d"
              .formatted(path(), writers));
    }
    flags = superBlock.isReadOnly() ? readOnly(wanted) : Set.copyOf(wanted);
  }

  /**
   * Starts a change in it, or a write to a file, as {@code mnt_want_write}; see {@link
   * VfsPath#beginChange}.
   */
  synchronized Writing beginWriting(VfsPath what) throws ErrnoException {
    if (flags.contains(MountFlag.READ_ONLY)) {
      throw new ErrnoException(Errno.EROFS, what + ": it is mounted read-only");
    }
    writers++;
    return writing;
  }

  private synchronized void endWriting() {
    writers--;
  }

  /** Records that a file opened for writing is closed. */
  void fileWritten() {
    writing.close();
  }

  /** Returns the directory it covers; empty for the root of the tree and a detached mount. */
  public Optional<VfsPath> point() {
    return whenUnused == null ? point : Optional.empty();
  }

  /** Returns its root directory as a path. */
  public VfsPath root() {
    return root;
  }

  /** Holds it until {@link #release}; returns false if it is gone. */
  boolean hold() {
    return point.isEmpty() || holders.getAndUpdate(held -> held < 0 ? held : held + HOLD) >= 0;
  }

  /** Ends {@link #hold}; called without locks, since the last release may end a file system. */
  void release() {
    if (expiring) {
      expiring = false;
    }
    if (point.isPresent()) {
      leave(HOLD);
    }
  }

  private void leave(long hold) {
    long left = holders.addAndGet(-hold);
    Runnable end = whenUnused;
    if (left == 0 && end != null && holders.compareAndSet(0, GONE)) {
      end.run();
    }
  }

  /**
   * Removes it from the tree although it is held; called by {@link Namespace}.
   *
   * @param end run once, after the last release; the caller holds it
   */
  void detach(Runnable end) {
    whenUnused = end;
  }

  /** Marks it as unused except by the caller, which releases it. */
  void expire() {
    expiring = true;
  }

  /** Returns whether it has not been held since {@link #expire}. */
  boolean isExpiring() {
    return expiring;
  }

  /** Returns whether it has holders besides the caller, counted once. */
  boolean isBusy() {
    return holders.get() != HOLD;
  }

  /** Holds it for an open file; the caller must hold it. */
  void fileOpened() {
    holders.addAndGet(OPEN_FILE);
  }

  /** Ends {@link #fileOpened}. */
  void fileClosed() {
    leave(OPEN_FILE);
  }

  @Override
  public int openFiles() {
    return Math.max(0, (int) (holders.get() >> Integer.SIZE));
  }

  /**
   * Ends it unless it has holders besides the caller, counted once; it can no longer be held.
   *
   * @return whether it has ended now
   */
  boolean retire() {
    return holders.compareAndSet(HOLD, GONE);
  }

  /** Returns its holders, for a message. */
  String holders() {
    long held = holders.get();
    return "open files: %d, other users: %d"
        .formatted(held >> Integer.SIZE, Math.max(0, (int) held - 1));
  }
}
