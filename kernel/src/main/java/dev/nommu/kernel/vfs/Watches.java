package dev.nommu.kernel.vfs;

import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.fs.DirectoryWatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The watches of the directories of one file system, as the marks of fsnotify (section INOTIFY).
 * While there are none, a change costs a load or two. Thread-safe; may be called with any lock
 * held.
 */
final class Watches {
  /** By the inodes of directories; each list is replaced, never modified. */
  private final Map<Object, List<Watch>> watches = new ConcurrentHashMap<>();

  /** A watch, which keeps the inode of its directory. */
  private final class Watch implements DirectoryWatch {
    private final Object directory;
    private final Consumer<DirectoryEvent> listener;

    Watch(Object directory, Consumer<DirectoryEvent> listener) {
      this.directory = directory;
      this.listener = listener;
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  /** Returns whether nothing is watched. */
  boolean isEmpty() {
    return watches.isEmpty();
  }

  /**
   * Starts watching a directory.
   *
   * @param directory its inode, whose lock is held, and which has a name
   */
  DirectoryWatch add(Object directory, Consumer<DirectoryEvent> listener) {
    Watch watch = new Watch(directory, listener);
    watches.merge(directory, List.of(watch), Watches::joined);
    return watch;
  }

  private static List<Watch> joined(List<Watch> some, List<Watch> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private void remove(Watch watch) {
    watches.computeIfPresent(watch.directory, (directory, all) -> without(watch, all));
  }

  private static @Nullable List<Watch> without(Watch watch, List<Watch> all) {
    List<Watch> left = all.stream().filter(each -> each != watch).toList();
    return left.isEmpty() ? null : left;
  }

  /** Reports a change of an entry of a directory. */
  void report(Object directory, Kind kind, String name) {
    List<Watch> told = watches.getOrDefault(directory, List.of());
    if (!told.isEmpty()) {
      report(told, new DirectoryEvent(kind, name));
    }
  }

  private static void report(List<Watch> told, DirectoryEvent event) {
    told.forEach(watch -> watch.listener.accept(event));
  }

  /** Ends the watches of a directory that was removed. */
  void end(Object directory) {
    List<Watch> ended = watches.remove(directory);
    if (ended != null) {
      report(ended, new DirectoryEvent(Kind.IGNORED, ""));
    }
  }

  /** Ends all watches: the file system is closed. */
  void endAll() {
    watches.keySet().forEach(this::end);
  }
}
