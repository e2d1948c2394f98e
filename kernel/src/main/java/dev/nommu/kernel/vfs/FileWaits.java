package dev.nommu.kernel.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.PollEvent;
import dev.nommu.api.PollableFile;
import dev.nommu.kernel.time.Waiter;
import dev.nommu.kernel.wait.FileOperation;
import dev.nommu.kernel.wait.FileWaitQueue;
import java.lang.ScopedValue.CallableOp;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The waiters in an open file: tasks in its operations, and tasks that poll it. When nothing refers
 * to the file they are woken; it is closed when the last operation returns. Thread-safe.
 */
final class FileWaits implements FileOperation {
  private final OpenFileDescription file;
  private final PollableFile plugins;
  private final InodeLock lock;

  @GuardedBy("lock")
  private final Set<Waiter> waiters = new HashSet<>();

  @GuardedBy("lock")
  private int operations;

  /** Whether a caller has been told to close the file. */
  @GuardedBy("lock")
  private boolean closed;

  /** Returns the waiters in a file; empty if its operations never wait. */
  static Optional<FileWaits> of(OpenFileDescription file, OpenFile plugins) {
    return plugins instanceof PollableFile pollable
        ? Optional.of(new FileWaits(file, pollable))
        : Optional.empty();
  }

  private FileWaits(OpenFileDescription file, PollableFile plugins) {
    this.file = file;
    this.plugins = plugins;
    this.lock = file.lock();
  }

  /**
   * Returns the result of an operation that may wait.
   *
   * @throws ErrnoException EBADF if the file was closed before or while it waited
   */
  <T> T during(CallableOp<T, ErrnoException> operation) throws ErrnoException {
    begin();
    try {
      return FileWaitQueue.during(this, operation);
    } finally {
      end();
    }
  }

  private void begin() throws ErrnoException {
    lock.lock();
    try {
      file.requireOpen();
      operations++;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    boolean last;
    lock.lock();
    try {
      operations--;
      last = takeClose();
    } finally {
      lock.unlock();
    }
    if (last) {
      file.close();
    }
  }

  /** Returns, once, whether the caller must close the file. */
  @GuardedBy("lock")
  private boolean takeClose() {
    boolean last = !closed && operations == 0 && !file.isOpen();
    closed |= last;
    return last;
  }

  /** Returns whether the file's device was unplugged. */
  boolean isGone() {
    return file.territory().presence().isGone();
  }

  /** Makes all waiters check again. */
  void wake() {
    lock.lock();
    try {
      waiters.forEach(Waiter::wake);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waits because nothing refers to the file; returns whether the caller closes it. */
  boolean abandoned() {
    lock.lock();
    try {
      waiters.forEach(Waiter::wake);
      return takeClose();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isNonblocking() {
    return file.flags().has(OpenFlags.O_NONBLOCK);
  }

  @Override
  @SuppressWarnings("GuardedBy") // called with the lock held, and releases it
  public void letGo(Waiter waiter) {
    waiters.add(waiter);
    lock.unlock();
  }

  @Override
  @SuppressWarnings("GuardedBy") // takes the lock, which its caller releases
  public void takeBack(Waiter waiter) {
    lock.lock();
    waiters.remove(waiter);
  }

  @Override
  public void requireOpen() throws ErrnoException {
    file.requireOpen();
  }

  /**
   * Returns the wait queue that is woken when the file may be ready.
   *
   * @throws ErrnoException EBADF, EIO if the plugin fails to return it (rule PLUGIN-01)
   */
  FileWaitQueue queue() throws ErrnoException {
    lock.lock();
    try {
      file.requireOpen();
      return FileSlots.queue(plugins);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the ready poll events, and registers a waiter to wake if the file is closed.
   *
   * @throws ErrnoException EBADF, EIO if the plugin fails to return them (rule PLUGIN-01)
   */
  Set<PollEvent> poll(Waiter waiter) throws ErrnoException {
    lock.lock();
    try {
      file.requireOpen();
      waiters.add(waiter);
      return FileSlots.poll(plugins);
    } finally {
      lock.unlock();
    }
  }

  /** Removes a waiter. */
  void forget(Waiter waiter) {
    lock.lock();
    try {
      waiters.remove(waiter);
    } finally {
      lock.unlock();
    }
  }
}
