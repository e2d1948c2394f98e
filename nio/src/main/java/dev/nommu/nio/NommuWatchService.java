package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.fs.DirectoryWatch;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches directories. The kernel reports each change as it is made; nothing is polled.
 * Thread-safe.
 */
final class NommuWatchService implements WatchService {
  /** The names of SensitivityWatchEventModifier, which the JDK ignores on Linux. */
  private static final Set<String> SENSITIVITIES = Set.of("HIGH", "MEDIUM", "LOW");

  private final FileSystem fileSystem;
  private final Consumer<WatchService> whenClosed;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  /** By directory; guarded by this. */
  private final Map<FileKey, NommuWatchKey> keys = new HashMap<>();

  private volatile boolean closed;

  /** The result of waiting for a key. */
  private sealed interface Signal {
    /** A key with events, or whose directory is gone. */
    record Signalled(NommuWatchKey key) implements Signal {}

    /** The service is closed; stays in the queue. */
    record Closed() implements Signal {}
  }

  NommuWatchService(FileSystem fileSystem, Consumer<WatchService> whenClosed) {
    this.fileSystem = fileSystem;
    this.whenClosed = whenClosed;
  }

  /** A directory to be watched, which is open meanwhile. */
  interface Directory {
    /** Returns its identity. */
    FileKey key() throws ErrnoException;

    /** Starts watching it. */
    DirectoryWatch watch(Consumer<DirectoryEvent> listener) throws ErrnoException;
  }

  /** Returns the file system whose directories it watches. */
  FileSystem fileSystem() {
    return fileSystem;
  }

  /**
   * Checks the request of a caller.
   *
   * @throws ClosedWatchServiceException if it is closed
   * @throws UnsupportedOperationException for a modifier other than a sensitivity
   */
  void requireSupported(WatchEvent.Modifier... modifiers) {
    requireOpen();
    for (WatchEvent.Modifier modifier : modifiers) {
      if (!SENSITIVITIES.contains(modifier.name())) {
        throw new UnsupportedOperationException("modifier " + modifier.name());
      }
    }
  }

  /**
   * Watches a directory, or changes the events watched for.
   *
   * @param names makes the paths of entries
   */
  synchronized NommuWatchKey register(
      Path path, Directory directory, Set<WatchEvent.Kind<?>> kinds, Function<String, Path> names)
      throws ErrnoException {
    requireOpen();
    FileKey of = directory.key();
    NommuWatchKey known = keys.get(of);
    if (known != null && known.watchFor(kinds)) {
      return known;
    }
    NommuWatchKey key = new NommuWatchKey(this, path, kinds, names);
    key.watchedBy(directory.watch(key));
    keys.put(of, key);
    return key;
  }

  /** Passes a key to a waiting thread. */
  void signal(NommuWatchKey key) {
    signals.add(new Signal.Signalled(key));
  }

  /** Drops a key that is no longer valid. */
  synchronized void forget(NommuWatchKey key) {
    keys.values().remove(key);
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedWatchServiceException();
    }
  }

  @Override
  public @Nullable WatchKey poll() {
    requireOpen();
    return key(signals.poll());
  }

  @Override
  public @Nullable WatchKey poll(long timeout, TimeUnit unit) throws InterruptedException {
    requireOpen();
    return key(signals.poll(timeout, unit));
  }

  @Override
  @SuppressWarnings("NullAway") // there is a signal
  public WatchKey take() throws InterruptedException {
    requireOpen();
    return key(signals.take());
  }

  private @Nullable WatchKey key(@Nullable Signal signal) {
    return switch (signal) {
      case null -> null;
      case Signal.Signalled(NommuWatchKey key) -> key;
      case Signal.Closed end -> {
        signals.add(end);
        throw new ClosedWatchServiceException();
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    whenClosed.accept(this);
    cancelAll();
    signals.add(new Signal.Closed());
  }

  private synchronized void cancelAll() {
    List.copyOf(keys.values()).forEach(NommuWatchKey::cancel);
  }
}
