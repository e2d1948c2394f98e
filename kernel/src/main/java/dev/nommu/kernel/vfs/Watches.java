package dev.nommu.kernel.vfs;

import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.fs.DirectoryEvent.Kind;
import dev.nommu.kernel.fs.DirectoryWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The watches of the directories of one file system, as the marks of fsnotify (section INOTIFY).
 * While there are none, a change costs one load. Thread-safe; may be called with any lock held.
 */
final class Watches {
  /** Never changed, but replaced. */
  private volatile Map<VfsInode, List<Watch>> watches = Map.of();

  /** A watch, which keeps the inode of its directory. */
  private final class Watch implements DirectoryWatch {
    private final VfsInode directory;
    private final Consumer<DirectoryEvent> listener;

    Watch(VfsInode directory, Consumer<DirectoryEvent> listener) {
      this.directory = directory;
      this.listener = listener;
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  /** Begins to watch a directory, whose lock is held and which has a name. */
  synchronized DirectoryWatch add(VfsInode directory, Consumer<DirectoryEvent> listener) {
    assert directory.lock().isHeldByCurrentThread();
    Watch watch = new Watch(directory, listener);
    List<Watch> more = new ArrayList<>(of(directory));
    more.add(watch);
    put(directory, more);
    return watch;
  }

  private synchronized void remove(Watch watch) {
    List<Watch> fewer = new ArrayList<>(of(watch.directory));
    fewer.remove(watch);
    put(watch.directory, fewer);
  }

  private List<Watch> of(VfsInode directory) {
    return watches.getOrDefault(directory, List.of());
  }

  private synchronized List<Watch> put(VfsInode directory, List<Watch> all) {
    Map<VfsInode, List<Watch>> changed = new HashMap<>(watches);
    List<Watch> before = changed.remove(directory);
    if (!all.isEmpty()) {
      changed.put(directory, List.copyOf(all));
    }
    watches = Map.copyOf(changed);
    return before == null ? List.of() : before;
  }

  /** Reports a change of an entry of a directory. */
  void report(VfsInode directory, Kind kind, String name) {
    List<Watch> told = of(directory);
    if (!told.isEmpty()) {
      report(told, new DirectoryEvent(kind, name));
    }
  }

  /** Reports a change of a file to those who watch the directory that has it, by its name there. */
  static void report(VfsPath file, Kind kind) {
    Watches watches = file.mount().superBlock().watches();
    if (!watches.watches.isEmpty()) {
      VfsPath now = file.latest();
      now.parent().ifPresent(parent -> watches.report(parent.inode(), kind, now.name()));
    }
  }

  private static void report(List<Watch> told, DirectoryEvent event) {
    told.forEach(watch -> watch.listener.accept(event));
  }

  /** Ends the watches of a directory that was removed. */
  void end(VfsInode directory) {
    if (!of(directory).isEmpty()) {
      report(put(directory, List.of()), new DirectoryEvent(Kind.IGNORED, ""));
    }
  }

  /** Ends all watches: the file system is closed. */
  void endAll() {
    watches.keySet().forEach(this::end);
  }
}
