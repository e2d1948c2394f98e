package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;

/**
 * The view of the tree of one process, or of several after {@code clone} with CLONE_FS, as {@code
 * struct fs_struct}. Holds the mount of its working directory. Thread-safe.
 */
public final class FsStruct {
  private volatile FsContext context;

  @GuardedBy("this")
  private Optional<Mount> held;

  @GuardedBy("this")
  private int users = 1;

  /** Creates one for one process. */
  public FsStruct(FsContext context) {
    this.context = context;
    this.held = Optional.of(context.workingDirectory().mount()).filter(Mount::hold);
  }

  /** Returns a snapshot of it. */
  public FsContext context() {
    return context;
  }

  /** Changes the working directory to one on a mount that the caller holds. */
  void workingDirectory(VfsPath directory) {
    changed(directory).ifPresent(Mount::release);
  }

  /** Returns what it no longer holds. */
  private synchronized Optional<Mount> changed(VfsPath directory) {
    context = new FsContext(directory, context.credentials(), context.umask());
    if (users == 0) {
      return Optional.empty();
    }
    Optional<Mount> former = held;
    held = Optional.of(directory.mount()).filter(Mount::hold);
    return former;
  }

  /** Changes the credentials. */
  public synchronized void credentials(Credentials changed) {
    context = new FsContext(context.workingDirectory(), changed, context.umask());
  }

  /** Changes the umask; returns the former one. */
  public synchronized int umask(int mask) {
    int former = context.umask();
    context = new FsContext(context.workingDirectory(), context.credentials(), mask);
    return former;
  }

  /** Returns a copy. */
  public synchronized FsStruct copy() {
    return new FsStruct(context);
  }

  /** Counts another process as a user; returns it. */
  public synchronized FsStruct share() {
    users++;
    return this;
  }

  /** Removes a process from the users. */
  public void leave() {
    left().ifPresent(Mount::release);
  }

  private synchronized Optional<Mount> left() {
    users--;
    if (users > 0) {
      return Optional.empty();
    }
    Optional<Mount> former = held;
    held = Optional.empty();
    return former;
  }
}
