package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.vfs.OpenFileDescription;
import java.util.Map;
import java.util.TreeMap;

/**
 * The descriptors of one process, as {@code files_struct}, or of several after {@code clone} with
 * CLONE_FILES. Thread-safe.
 */
final class FileTable {
  /** Descriptors a process can have (RLIMIT_NOFILE). */
  private static final int LIMIT = 1024;

  private final TreeMap<Integer, OpenFileDescription> files = new TreeMap<>();
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

  /** Returns the lowest free descriptor, which from now on means this file. */
  synchronized int add(OpenFileDescription file) throws ErrnoException {
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

  synchronized OpenFileDescription require(int descriptor) throws ErrnoException {
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
    }
    file.release();
  }

  private void closeAll() {
    Map<Integer, OpenFileDescription> left;
    synchronized (this) {
      left = Map.copyOf(files);
      files.clear();
    }
    left.values().forEach(OpenFileDescription::release);
  }
}
