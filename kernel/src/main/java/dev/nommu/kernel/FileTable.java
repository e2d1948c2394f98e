package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The descriptors of one process, as {@code files_struct}, or of several after {@code clone} with
 * CLONE_FILES. Changes take its monitor; whoever uses a descriptor waits for nobody. Thread-safe.
 */
final class FileTable {
  /** Descriptors a process can have (RLIMIT_NOFILE). */
  private static final int LIMIT = 1024;

  /** NR_OPEN_DEFAULT on a 64-bit machine. */
  private static final int FEWEST_SLOTS = 64;

  private final ConcurrentSkipListMap<Integer, OpenFileDescription> files =
      new ConcurrentSkipListMap<>();
  private final Set<Integer> closedOnExec = new HashSet<>();
  private int users = 1;

  /** Says that another process uses this table; returns it. */
  synchronized FileTable share() {
    users++;
    return this;
  }

  /** Says that a process uses it no more; with the last one all files are closed. */
  void leave() {
    boolean unused;
    synchronized (this) {
      users--;
      unused = users == 0;
    }
    if (unused) {
      closeAll();
    }
  }

  /** Returns a table with the same open files. */
  synchronized FileTable copy() {
    FileTable copy = new FileTable();
    files.forEach((descriptor, file) -> {
      file.retain();
      copy.files.put(descriptor, file);
    });
    copy.closedOnExec.addAll(closedOnExec);
    return copy;
  }

  /** Stops sharing it; returns a table with the same open files that nobody else has. */
  FileTable unshare() {
    synchronized (this) {
      if (users == 1) {
        return this;
      }
    }
    FileTable own = copy();
    leave();
    return own;
  }

  /** Returns for how many descriptors Linux would have room now: 64, doubled until they fit. */
  synchronized int slots() {
    int highest = files.isEmpty() ? 0 : files.lastKey();
    return Math.max(FEWEST_SLOTS, Integer.highestOneBit(highest) * 2);
  }

  /** Returns the lowest free descriptor, which from now on means this file. */
  synchronized int add(OpenFileDescription file) throws ErrnoException {
    if (users == 0) {
      file.release();
      throw new ErrnoException(Errno.ESRCH, "open: the process that had the descriptors has ended");
    }
    int descriptor = 0;
    while (files.containsKey(descriptor)) {
      descriptor++;
    }
    if (descriptor == LIMIT) {
      file.release();
      throw new ErrnoException(Errno.EMFILE, "open: all " + LIMIT + " descriptors are in use");
    }
    files.put(descriptor, file);
    return descriptor;
  }

  /** What exec does to a descriptor. */
  enum OnExec {
    /** It stays open. */
    KEPT,
    /** It is closed: FD_CLOEXEC. */
    CLOSED;

    /** Returns what a flag such as O_CLOEXEC asks for. */
    static OnExec closedIf(int flags, int flag) {
      return (flags & flag) != 0 ? CLOSED : KEPT;
    }
  }

  /** Adds a file as {@link #add(OpenFileDescription)}. */
  synchronized int add(OpenFileDescription file, OnExec onExec) throws ErrnoException {
    int descriptor = add(file);
    onExec(descriptor, onExec);
    return descriptor;
  }

  /** Returns what exec does to a descriptor; EBADF. */
  synchronized OnExec onExec(int descriptor) throws ErrnoException {
    require(descriptor);
    return closedOnExec.contains(descriptor) ? OnExec.CLOSED : OnExec.KEPT;
  }

  /** Says what exec does to a descriptor; EBADF. */
  synchronized void onExec(int descriptor, OnExec onExec) throws ErrnoException {
    require(descriptor);
    switch (onExec) {
      case CLOSED -> closedOnExec.add(descriptor);
      case KEPT -> closedOnExec.remove(descriptor);
    }
  }

  /** Closes the descriptors that exec closes. */
  void closeOnExec() {
    List<OpenFileDescription> closed;
    synchronized (this) {
      closed = closedOnExec.stream().map(files::remove).toList();
      closedOnExec.clear();
    }
    closed.forEach(OpenFileDescription::release);
  }

  OpenFileDescription require(int descriptor) throws ErrnoException {
    OpenFileDescription file = files.get(descriptor);
    if (file == null) {
      throw new ErrnoException(Errno.EBADF, "descriptor " + descriptor + " is not open");
    }
    return file;
  }

  /** Returns the file behind a descriptor unless it was opened with O_PATH. */
  OpenFileDescription requireUsable(int descriptor) throws ErrnoException {
    OpenFileDescription file = require(descriptor);
    if (file.isPathOnly()) {
      throw new ErrnoException(Errno.EBADF, "descriptor " + descriptor + " was opened with O_PATH");
    }
    return file;
  }

  void close(int descriptor) throws ErrnoException {
    OpenFileDescription file;
    synchronized (this) {
      file = require(descriptor);
      files.remove(descriptor);
      closedOnExec.remove(descriptor);
    }
    file.release();
  }

  private void closeAll() {
    Map<Integer, OpenFileDescription> left;
    synchronized (this) {
      left = Map.copyOf(files);
      files.clear();
      closedOnExec.clear();
    }
    left.values().forEach(OpenFileDescription::release);
  }
}
