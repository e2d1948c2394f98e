package dev.nommu.nio;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The entries of a directory as they were when it was opened. */
final class NommuDirectoryStream implements DirectoryStream<Path> {
  private final NommuPath directory;
  private final Filter<? super Path> filter;
  private final Iterator<DirectoryEntry> entries;
  private boolean begun;
  private boolean closed;

  /** Reads the entries. */
  NommuDirectoryStream(NommuPath directory, Filter<? super Path> filter) throws IOException {
    this.directory = directory;
    this.filter = filter;
    this.entries = list(directory).iterator();
  }

  private static List<DirectoryEntry> list(NommuPath directory) throws IOException {
    try {
      return directory.getFileSystem().task().tree().list(directory.forKernel());
    } catch (ErrnoException failure) {
      throw Failures.ofDirectory(directory, failure);
    }
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

  /** Those that the filter accepts, until the stream is closed. */
  private final class Entries implements Iterator<Path> {
    private Optional<Path> next = Optional.empty();

    @Override
    public boolean hasNext() {
      synchronized (NommuDirectoryStream.this) {
        while (next.isEmpty() && !closed && entries.hasNext()) {
          next = Optional.of((Path) directory.entry(entries.next().name())).filter(this::accepts);
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
          throw new NoSuchElementException(directory.toString());
        }
        Path entry = next.orElseThrow();
        next = Optional.empty();
        return entry;
      }
    }
  }

  @Override
  public void close() {
    directory.getFileSystem().closed(this);
    synchronized (this) {
      closed = true;
    }
  }
}
