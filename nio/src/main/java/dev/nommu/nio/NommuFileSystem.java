package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.task.Task;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tree of files of a machine as a task sees it, with the task's permissions. Open files are
 * descriptors of the task. Channels map the machine's pages themselves, shared with all other
 * mappings, with read and write, and with drivers. Thread-safe.
 *
 * <pre>{@code
 * try (NommuFileSystem fileSystem = NommuFileSystem.inMemory()) {
 *   Path file = fileSystem.getPath("/tmp/a");
 *   Files.writeString(file, "text");
 * }
 * }</pre>
 */
public final class NommuFileSystem extends FileSystem {
  private static final AtomicLong NUMBER = new AtomicLong();

  /** The installed provider; in a separate class loader, the one found there. */
  private static final class Provider {
    static final FileSystemProvider INSTANCE =
        Stream.concat(
                FileSystemProvider.installedProviders().stream(),
                ServiceLoader.load(FileSystemProvider.class, NommuFileSystem.class.getClassLoader())
                    .stream()
                    .map(ServiceLoader.Provider::get))
            .filter(provider -> provider.getScheme().equals(NommuUri.SCHEME))
            .findFirst()
            .orElseThrow();
  }

  private final String name;
  private final Task task;
  private final NommuPath root;
  private final NommuPath workingDirectory;
  private final Runnable whenClosed;
  private final FileLocks locks = new FileLocks();
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  private NommuFileSystem(String name, Task task, String workingDirectory, Runnable whenClosed) {
    this.name = name;
    this.task = task;
    this.root = NommuPath.ofKernel(this, "/");
    this.workingDirectory = NommuPath.ofKernel(this, workingDirectory);
    this.whenClosed = whenClosed;
  }

  /**
   * Returns a new view of the files of a task's machine as the task sees them. Relative paths start
   * at the task's current working directory. Closing it closes files opened through it, but not the
   * task.
   *
   * @throws IllegalArgumentException if the working directory of the task was removed, or the task
   *     has ended
   */
  public static NommuFileSystem of(Task task) {
    return of("task-%d-%d".formatted(task.pid(), NUMBER.incrementAndGet()), task, () -> {});
  }

  /**
   * Returns the files of a task's machine as above.
   *
   * @param name used in the URIs of the files: {@code nommu://NAME/PATH}; any text that is not
   *     empty
   * @throws java.nio.file.FileSystemAlreadyExistsException if an open file system has this name
   */
  public static NommuFileSystem of(String name, Task task) {
    return of(name, task, () -> {});
  }

  private static NommuFileSystem of(String name, Task task, Runnable whenClosed) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of a file system: expected a name, found none");
    }
    try {
      NommuFileSystem made = new NommuFileSystem(name, task, task.tree().getcwd(), whenClosed);
      Registry.add(made);
      return made;
    } catch (ErrnoException failure) {
      throw new IllegalArgumentException(
          "the files of task %d: %s".formatted(task.tid(), failure.describe()), failure);
    }
  }

  /** Returns a new file system in memory, {@link InMemory#OF_64_MIB}. */
  public static NommuFileSystem inMemory() {
    return inMemory(InMemory.OF_64_MIB);
  }

  /**
   * Returns a new file system in memory: a machine with only RAM, and its files. Closing it closes
   * the machine.
   */
  public static NommuFileSystem inMemory(InMemory options) {
    return inMemory("memory-" + NUMBER.incrementAndGet(), options);
  }

  /**
   * Returns a file system in memory as above.
   *
   * @param name used in the URIs of the files: {@code nommu://NAME/PATH}; any text that is not
   *     empty
   * @throws java.nio.file.FileSystemAlreadyExistsException if an open file system has this name
   */
  public static NommuFileSystem inMemory(String name, InMemory options) {
    Machine machine = options.boot();
    boolean done = false;
    try {
      NommuFileSystem made = of(name, machine.init(), machine::close);
      done = true;
      return made;
    } finally {
      if (!done) {
        machine.close();
      }
    }
  }

  /** Returns the name used in the URIs of its files. */
  public String name() {
    return name;
  }

  /**
   * Returns the task that makes the calls.
   *
   * @throws ClosedFileSystemException if the file system is closed
   */
  public Task task() {
    requireOpen();
    return task;
  }

  void requireOpen() {
    if (closed.get()) {
      throw new ClosedFileSystemException();
    }
  }

  NommuPath root() {
    return root;
  }

  NommuPath workingDirectory() {
    return workingDirectory;
  }

  FileLocks locks() {
    return locks;
  }

  /** Registers a resource to be closed with the file system, unless it is closed before. */
  void opened(Closeable channel) throws IOException {
    open.add(channel);
    if (closed.get()) {
      channel.close();
      throw new ClosedFileSystemException();
    }
  }

  void closed(Closeable channel) {
    open.remove(channel);
  }

  @Override
  public FileSystemProvider provider() {
    return Provider.INSTANCE;
  }

  /** Closes files opened through it and, for one in memory, the machine. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Registry.remove(this);
    try {
      closeAll();
    } finally {
      whenClosed.run();
    }
  }

  private void closeAll() throws IOException {
    IOException failures = null;
    for (Closeable channel : open) {
      try {
        channel.close();
      } catch (IOException failure) {
        failures = failures == null ? new IOException("close of " + name) : failures;
        failures.addSuppressed(failure);
      }
    }
    if (failures != null) {
      throw failures;
    }
  }

  @Override
  public boolean isOpen() {
    return !closed.get();
  }

  /** Returns whether the root is mounted read-only. */
  @Override
  public boolean isReadOnly() {
    return task().tree().mounts().getFirst().has(MountFlag.READ_ONLY);
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(root);
  }

  /** Returns the mounts. */
  @Override
  public Iterable<FileStore> getFileStores() {
    return task().tree().mounts().stream()
        .map(mount -> (FileStore) new NommuFileStore(this, mount))
        .toList();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return NamedAttributes.views();
  }

  @Override
  public Path getPath(String first, String... more) {
    StringBuilder path = new StringBuilder(first);
    for (String each : more) {
      if (!each.isEmpty()) {
        path.append(path.isEmpty() ? "" : "/").append(each);
      }
    }
    return NommuPath.parse(this, path.toString());
  }

  /** Returns a matcher for {@code glob:PATTERN} or {@code regex:PATTERN}. */
  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException(
          "expected glob:PATTERN or regex:PATTERN, found " + syntaxAndPattern);
    }
    String syntax = syntaxAndPattern.substring(0, colon);
    String text = syntaxAndPattern.substring(colon + 1);
    Pattern pattern;
    if (syntax.equalsIgnoreCase("glob")) {
      pattern = Globs.toPattern(text);
    } else if (syntax.equalsIgnoreCase("regex")) {
      pattern = Pattern.compile(text);
    } else {
      throw new UnsupportedOperationException("syntax '%s' of a path matcher".formatted(syntax));
    }
    return path -> pattern.matcher(path.toString()).matches();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return new Principals();
  }

  /** Returns a watch service for the changes that Linux's inotify reports (section INOTIFY). */
  @Override
  public WatchService newWatchService() throws IOException {
    NommuWatchService made = new NommuWatchService(this, this::closed);
    opened(made);
    return made;
  }
}
