package dev.nommu.nio;

import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The locks on regions of the files of one file system, held on behalf of the JVM. The kernel has
 * no record locks (rule NOSYS-03): programs of the machine do not see these. Thread-safe.
 */
final class FileLocks {
  private final Map<FileKey, List<Held>> locks = new HashMap<>();

  /** A lock on a region. */
  final class Held extends FileLock {
    private final FileKey key;
    private volatile boolean valid = true;

    private Held(FileChannel channel, long position, long size, boolean shared, FileKey key) {
      super(channel, position, size, shared);
      this.key = key;
    }

    private Held(
        AsynchronousFileChannel channel, long position, long size, boolean shared, FileKey key) {
      super(channel, position, size, shared);
      this.key = key;
    }

    /** A lock of a closed channel excludes nothing. */
    private boolean excludes(Held other) {
      return isValid() && overlaps(other.position(), other.size());
    }

    @Override
    public boolean isValid() {
      return valid && acquiredBy().isOpen();
    }

    @Override
    public void release() throws ClosedChannelException {
      if (!acquiredBy().isOpen()) {
        throw new ClosedChannelException();
      }
      remove(this);
    }
  }

  /**
   * Locks a region for a channel.
   *
   * @throws OverlappingFileLockException if the JVM has a lock on a part of it
   */
  Held add(FileKey key, FileChannel by, long position, long size, boolean shared) {
    return add(new Held(by, position, size, shared, key));
  }

  /** Locks a region as above. */
  Held add(FileKey key, AsynchronousFileChannel by, long position, long size, boolean shared) {
    return add(new Held(by, position, size, shared, key));
  }

  private synchronized Held add(Held lock) {
    List<Held> ofFile = locks.getOrDefault(lock.key, List.of());
    if (ofFile.stream().anyMatch(other -> other.excludes(lock))) {
      throw new OverlappingFileLockException();
    }
    locks.computeIfAbsent(lock.key, none -> new ArrayList<>()).add(lock);
    return lock;
  }

  private synchronized void remove(Held lock) {
    lock.valid = false;
    List<Held> ofFile = locks.getOrDefault(lock.key, List.of());
    if (ofFile.remove(lock) && ofFile.isEmpty()) {
      locks.remove(lock.key);
    }
  }

  /** Releases the locks of closed channels. */
  synchronized void releaseClosed(FileKey key) {
    List.copyOf(locks.getOrDefault(key, List.of())).stream()
        .filter(lock -> !lock.acquiredBy().isOpen())
        .forEach(this::remove);
  }
}
