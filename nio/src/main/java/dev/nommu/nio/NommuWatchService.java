package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.ProviderMismatchException;
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
import org.jspecify.annotations.Nullable;

/**
 * Directories that are watched. The kernel reports each change where it is made; nothing is polled.
 * Thread-safe.
 */
final class NommuWatchService implements WatchService {
  /** The names of SensitivityWatchEventModifier, which the JDK ignores on Linux. */
  private static final Set<String> SENSITIVITIES = Set.of("HIGH", "MEDIUM", "LOW");

  private final NommuFileSystem fileSystem;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  /** By the directories; guarded by this. */
  private final Map<FileKey, NommuWatchKey> keys = new HashMap<>();

  private volatile boolean closed;

  /** What a thread that waits for a key finds. */
  private sealed interface Signal {
    /** A key that has events, or whose directory is gone. */
    record Signalled(NommuWatchKey key) implements Signal {}

    /** The service is closed; stays in the queue. */
    record Closed() implements Signal {}
  }

  NommuWatchService(NommuFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Watches a directory, or changes for which events it is watched. */
  NommuWatchKey register(
      NommuPath path, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    if (path.getFileSystem() != fileSystem) {
      throw new ProviderMismatchException(
          "%s: the watch service is one of another file system".formatted(path));
    }
    Set<WatchEvent.Kind<?>> kinds = NommuWatchKey.kinds(events);
    for (WatchEvent.Modifier modifier : modifiers) {
      if (!SENSITIVITIES.contains(modifier.name())) {
        throw new UnsupportedOperationException("modifier " + modifier.name());
      }
    }
    requireOpen();
    OpenDirectory directory = OpenDirectory.open(new Place.ByPath(path), Links.FOLLOW);
    try {
      return register(path, kinds, directory);
    } catch (ErrnoException failure) {
      throw Failures.ofDirectory(path, failure);
    } finally {
      directory.close();
    }
  }

  private synchronized NommuWatchKey register(
      NommuPath path, Set<WatchEvent.Kind<?>> kinds, OpenDirectory directory)
      throws ErrnoException {
    requireOpen();
    Place opened = new Place.Itself(directory);
    FileKey of = FileKey.of(opened.call(TreeCalls::stat));
    NommuWatchKey known = keys.get(of);
    if (known != null && known.watchFor(kinds)) {
      return known;
    }
    NommuWatchKey key = new NommuWatchKey(this, path, kinds);
    key.watchedBy(opened.call((tree, name) -> tree.watch(name, key)));
    keys.put(of, key);
    return key;
  }

  /** Lets a thread that waits have a key. */
  void signal(NommuWatchKey key) {
    signals.add(new Signal.Signalled(key));
  }

  /** Drops a key that is not valid any more. */
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
    fileSystem.closed(this);
    cancelAll();
    signals.add(new Signal.Closed());
  }

  private synchronized void cancelAll() {
    List.copyOf(keys.values()).forEach(NommuWatchKey::cancel);
  }
}
