package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;

/**
 * From where a process looks at the tree, or several after {@code clone} with CLONE_FS, as {@code
 * struct fs_struct}. Keeps the mount of its working directory in the tree. Thread-safe.
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

  /** Returns from where and in whose name it looks, as it is now. */
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

  /** Changes in whose name it looks. */
  public synchronized void credentials(Credentials changed) {
    context = new FsContext(context.workingDirectory(), changed, context.umask());
  }

  /** Changes which permissions are not given to what is made; returns which were not before. */
  public synchronized int umask(int mask) {
    int former = context.umask();
    context = new FsContext(context.workingDirectory(), context.credentials(), mask);
    return former;
  }

  /** Returns another one that looks from where this one does. */
  public synchronized FsStruct copy() {
    return new FsStruct(context);
  }

  /** Says that another process uses it; returns it. */
  public synchronized FsStruct share() {
    users++;
    return this;
  }

  /** Says that a process uses it no more. */
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
