package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.fs.DirectoryEvent;
import dev.nommu.kernel.fs.DirectoryWatch;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedDirectoryStreamException;
import java.util.function.Consumer;

/** A directory kept open by a descriptor of the task. Thread-safe. */
final class OpenDirectory implements NommuWatchService.Directory {
  private final NommuPath path;
  private final OpenDescriptor descriptor;

  private OpenDirectory(NommuPath path, OpenDescriptor descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /** Opens one for reading. */
  static OpenDirectory open(Place place, Links links) throws IOException {
    int follow = links == Links.NOFOLLOW ? OpenFlags.O_NOFOLLOW : 0;
    int flags = OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY | OpenFlags.O_CLOEXEC | follow;
    Task task = place.path().getFileSystem().task();
    try {
      int number = place.call((tree, name) -> tree.open(name, flags, 0));
      return new OpenDirectory(place.path(), new OpenDescriptor(task, number));
    } catch (ErrnoException failure) {
      throw Failures.ofDirectory(place.path(), failure);
    }
  }

  /** Returns the path it was opened by. */
  NommuPath path() {
    return path;
  }

  /** Calls whose relative paths start at a directory. */
  @FunctionalInterface
  interface Call<T> {
    /** Makes the call. */
    T make(TreeCalls tree) throws ErrnoException;
  }

  /**
   * Makes a call whose relative paths start at the directory.
   *
   * @throws ClosedDirectoryStreamException if it is closed
   */
  <T> T call(Call<T> call) throws ErrnoException {
    try {
      return descriptor.call((task, number) -> call.make(task.tree().at(number)));
    } catch (ClosedChannelException closed) {
      ClosedDirectoryStreamException exception = new ClosedDirectoryStreamException();
      exception.initCause(closed);
      throw exception;
    }
  }

  @Override
  public FileKey key() throws ErrnoException {
    return FileKey.of(call(tree -> tree.withEmptyPath().stat("")));
  }

  @Override
  public DirectoryWatch watch(Consumer<DirectoryEvent> listener) throws ErrnoException {
    return call(tree -> tree.withEmptyPath().watch("", listener));
  }

  /** Closes it after the last call in progress. To be called once. */
  void close() throws IOException {
    Failures.run(path, descriptor::closeAfterCalls);
  }
}
