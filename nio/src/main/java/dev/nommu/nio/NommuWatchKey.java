package dev.nommu.nio;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.fs.DirectoryWatch;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A watched directory and its pending events. Thread-safe; the kernel reports to it with locks
 * held, so the kernel is never called under its monitor.
 */
final class NommuWatchKey implements WatchKey, Consumer<DirectoryEvent> {
  /** The maximum number of pending events, as for the JDK's keys. */
  static final int MOST = 512;

  private final NommuWatchService service;
  private final Path directory;
  private final Function<String, Path> names;
  private Set<WatchEvent.Kind<?>> kinds;
  private List<Event<?>> events = new ArrayList<>();

  /** The index of the last event of each name. */
  private final Map<String, Integer> latest = new HashMap<>();

  private Optional<DirectoryWatch> watch = Optional.empty();
  private boolean signalled;
  private boolean ended;

  /** An event, with the number of times it happened in a row. */
  private record Event<T>(Kind<T> kind, @Nullable T context, int count) implements WatchEvent<T> {
    Event<T> again() {
      return new Event<>(kind, context, count + 1);
    }
  }

  NommuWatchKey(
      NommuWatchService service,
      Path directory,
      Set<WatchEvent.Kind<?>> kinds,
      Function<String, Path> names) {
    this.service = service;
    this.directory = directory;
    this.kinds = kinds;
    this.names = names;
  }

  /**
   * Returns the events that a caller requests.
   *
   * @throws IllegalArgumentException if there are none
   * @throws UnsupportedOperationException for an unknown event
   */
  static Set<WatchEvent.Kind<?>> kinds(WatchEvent.Kind<?>... asked) {
    Set<WatchEvent.Kind<?>> kinds = new HashSet<>();
    for (WatchEvent.Kind<?> kind : asked) {
      kinds.add(Objects.requireNonNull(kind));
    }
    kinds.remove(OVERFLOW);
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("expected ENTRY_CREATE, ENTRY_DELETE or ENTRY_MODIFY");
    }
    if (!Set.of(ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY).containsAll(kinds)) {
      throw new UnsupportedOperationException("one of the events " + kinds);
    }
    return kinds;
  }

  /** Sets the action that ends the kernel's reports. */
  synchronized void watchedBy(DirectoryWatch made) {
    watch = Optional.of(made);
  }

  /** Changes the events reported from now on; returns false if the key is not valid. */
  synchronized boolean watchFor(Set<WatchEvent.Kind<?>> others) {
    kinds = others;
    return !ended;
  }

  @Override
  public void accept(DirectoryEvent event) {
    if (isSignalledBy(event)) {
      service.signal(this);
    }
  }

  private synchronized boolean isSignalledBy(DirectoryEvent event) {
    if (ended) {
      return false;
    }
    switch (event.kind()) {
      case CREATE, MOVED_TO -> add(ENTRY_CREATE, event.name());
      case DELETE, MOVED_FROM -> add(ENTRY_DELETE, event.name());
      case MODIFY, ATTRIB -> add(ENTRY_MODIFY, event.name());
      case IGNORED -> ended = true;
    }
    boolean first = !signalled && (ended || !events.isEmpty());
    signalled |= first;
    return first;
  }

  private void add(WatchEvent.Kind<Path> kind, String name) {
    if (!kinds.contains(kind)) {
      return;
    }
    int last = isOverflown() ? 0 : latest.getOrDefault(name, -1);
    if (isOverflown() || (last >= 0 && events.get(last).kind().equals(kind))) {
      events.set(last, events.get(last).again());
    } else if (events.size() == MOST) {
      events = new ArrayList<>(List.of(new Event<>(OVERFLOW, null, 1)));
      latest.clear();
    } else {
      latest.put(name, events.size());
      events.add(new Event<>(kind, names.apply(name), 1));
    }
  }

  private boolean isOverflown() {
    return !events.isEmpty() && events.getFirst().kind().equals(OVERFLOW);
  }

  @Override
  public synchronized List<WatchEvent<?>> pollEvents() {
    List<WatchEvent<?>> taken = new ArrayList<>(events);
    events = new ArrayList<>();
    latest.clear();
    return taken;
  }

  @Override
  public boolean reset() {
    if (isLeft()) {
      service.signal(this);
    }
    boolean valid = isValid();
    if (!valid) {
      service.forget(this);
    }
    return valid;
  }

  /** Returns whether there are events after a signal; if not, the next event signals again. */
  private synchronized boolean isLeft() {
    signalled = signalled && (ended || !events.isEmpty());
    return signalled && !ended;
  }

  @Override
  public synchronized boolean isValid() {
    return !ended;
  }

  @Override
  public void cancel() {
    end().ifPresent(DirectoryWatch::close);
    service.forget(this);
  }

  private synchronized Optional<DirectoryWatch> end() {
    ended = true;
    return watch;
  }

  @Override
  public Path watchable() {
    return directory;
  }
}
