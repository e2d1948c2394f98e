package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import java.nio.channels.ClosedChannelException;

/**
 * A descriptor of the task that many threads use until it is closed. Its number stays reserved
 * while a call uses it, so that no call reaches another file; waiting calls are woken. Thread-safe.
 */
final class OpenDescriptor {
  private final Task task;
  private final int number;
  private int calls;
  private boolean closed;

  OpenDescriptor(Task task, int number) {
    this.task = task;
    this.number = number;
  }

  /** A call on a descriptor. */
  @FunctionalInterface
  interface Call<T> {
    /** Makes it for a task. */
    T make(Task task, int descriptor) throws ErrnoException;
  }

  /** Makes a call, unless the descriptor is closed. */
  <T> T call(Call<T> call) throws ErrnoException, ClosedChannelException {
    enter();
    try {
      return call.make(task, number);
    } finally {
      leave();
    }
  }

  private synchronized void enter() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
    calls++;
  }

  private void leave() throws ErrnoException {
    if (isLast()) {
      task.close(number);
    }
  }

  private synchronized boolean isLast() {
    calls--;
    return closed && calls == 0;
  }

  /** Closes the file, once. A call in progress fails, or ends as if it had come before. */
  void close() throws ErrnoException {
    if (beginClose()) {
      task.close(number);
    } else {
      wake();
    }
  }

  /**
   * Closes the file, once, after the last call in progress: a call that resolves a path from it
   * reaches no other directory.
   */
  void closeAfterCalls() throws ErrnoException {
    if (beginClose()) {
      task.close(number);
    }
  }

  /** Returns whether it is unused. */
  private synchronized boolean beginClose() {
    closed = true;
    return calls == 0;
  }

  /** From now on the number refers to the root directory, which can be neither read nor written. */
  private void wake() throws ErrnoException {
    int place = task.open("/", OpenFlags.O_PATH | OpenFlags.O_CLOEXEC);
    try {
      exchange(place);
    } finally {
      task.close(place);
    }
  }

  private synchronized void exchange(int place) throws ErrnoException {
    if (calls > 0) {
      task.descriptors().dup3(place, number, OpenFlags.O_CLOEXEC);
    }
  }
}
