package dev.nommu.nio;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory, with its entries as they were when it was opened. Operations on its names work
 * even after the directory was moved.
 */
final class NommuDirectoryStream implements SecureDirectoryStream<Path> {
  private final OpenDirectory directory;
  private final Filter<? super Path> filter;
  private final Iterator<DirectoryEntry> entries;
  private boolean begun;
  private boolean closed;

  private NommuDirectoryStream(
      OpenDirectory directory, Filter<? super Path> filter, List<DirectoryEntry> entries) {
    this.directory = directory;
    this.filter = filter;
    this.entries = entries.iterator();
  }

  /** Opens a directory and reads its entries. */
  static NommuDirectoryStream open(Place place, Links links, Filter<? super Path> filter)
      throws IOException {
    OpenDirectory directory = OpenDirectory.open(place, links);
    boolean done = false;
    try {
      NommuDirectoryStream stream = new NommuDirectoryStream(directory, filter, list(directory));
      done = true;
      place.path().getFileSystem().opened(stream);
      return stream;
    } finally {
      if (!done) {
        directory.close();
      }
    }
  }

  private static List<DirectoryEntry> list(OpenDirectory directory) throws IOException {
    try {
      return new Place.Itself(directory).call(TreeCalls::list);
    } catch (ErrnoException failure) {
      throw Failures.ofDirectory(directory.path(), failure);
    }
  }

  private Place within(Path name) {
    return new Place.Within(directory, NommuPath.of(name));
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
      throws IOException {
    return open(within(path), Links.of(options), _ -> true);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return OpenRequest.of(options, attributes).open(within(path));
  }

  @Override
  public void deleteFile(Path path) throws IOException {
    remove(within(path), TreeCalls::unlink);
  }

  @Override
  public void deleteDirectory(Path path) throws IOException {
    remove(within(path), TreeCalls::rmdir);
  }

  private static void remove(Place place, Place.Action removal) throws IOException {
    try {
      place.run(removal);
    } catch (ErrnoException failure) {
      throw Failures.ofRemoval(place.path(), failure);
    }
  }

  /** Moves a name atomically, replacing the new name. */
  @Override
  public void move(Path source, SecureDirectoryStream<Path> targetDirectory, Path target)
      throws IOException {
    if (!(Objects.requireNonNull(targetDirectory) instanceof NommuDirectoryStream other)) {
      throw new ProviderMismatchException(
          "expected a directory stream of a nommu file system, found " + targetDirectory);
    }
    Place from = within(source);
    Place to = other.within(target);
    if (from.path().getFileSystem().task() != to.path().getFileSystem().task()) {
      throw new AtomicMoveNotSupportedException(
          from.path().toString(), to.path().toString(), "the files belong to two tasks");
    }
    try {
      from.run((tree, name) -> to.run((newTree, newName) -> tree.rename(name, newTree, newName)));
    } catch (ErrnoException failure) {
      throw Failures.ofMove(from.path(), to.path(), failure);
    }
  }

  /** Returns a view of the directory itself. */
  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
    return FileAttributes.of(type, new Place.Itself(directory), Links.FOLLOW);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return FileAttributes.of(type, within(path), Links.of(options));
  }

  @Override
  public synchronized Iterator<Path> iterator() {
    if (closed) {
      throw new ClosedDirectoryStreamException();
    }
    if (begun) {
      throw new IllegalStateException("a directory stream has one iterator");
    }
    begun = true;
    return new Entries();
  }

  /** The entries that the filter accepts, until the stream is closed. */
  private final class Entries implements Iterator<Path> {
    private Optional<Path> next = Optional.empty();

    @Override
    public boolean hasNext() {
      synchronized (NommuDirectoryStream.this) {
        while (next.isEmpty() && !closed && entries.hasNext()) {
          next =
              Optional.of((Path) directory.path().entry(entries.next().name()))
                  .filter(this::accepts);
        }
        return next.isPresent();
      }
    }

    private boolean accepts(Path entry) {
      try {
        return filter.accept(entry);
      } catch (IOException failure) {
        throw new DirectoryIteratorException(failure);
      }
    }

    @Override
    public Path next() {
      synchronized (NommuDirectoryStream.this) {
        if (!hasNext()) {
          throw new NoSuchElementException(directory.path().toString());
        }
        Path entry = next.orElseThrow();
        next = Optional.empty();
        return entry;
      }
    }
  }

  @Override
  public void close() throws IOException {
    directory.path().getFileSystem().closed(this);
    if (isFirstClose()) {
      directory.close();
    }
  }

  private synchronized boolean isFirstClose() {
    boolean first = !closed;
    closed = true;
    return first;
  }
}
