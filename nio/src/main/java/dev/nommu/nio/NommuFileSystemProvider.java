package dev.nommu.nio;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.kernel.fs.FileStatus;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The provider of the scheme {@code nommu}. Found as a service; see {@link NommuFileSystem} for how
 * to get a file system without it.
 */
public final class NommuFileSystemProvider extends FileSystemProvider {
  private static final int FILE_MODE = 0666;
  private static final int DIRECTORY_MODE = 0777;

  /** Creates the provider; it has no state. */
  public NommuFileSystemProvider() {}

  @Override
  public String getScheme() {
    return NommuUri.SCHEME;
  }

  /**
   * Makes a file system and gives it a name.
   *
   * @param uri {@code nommu:NAME} or {@code nommu://NAME/}
   * @param env {@code "task"} is the {@link Task} that sees the files; without it they are in
   *     memory, where {@code "memory"} may be an {@link InMemory}
   */
  @Override
  public NommuFileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    String name = NommuUri.fileSystem(uri);
    return env.get("task") instanceof Task task
        ? NommuFileSystem.of(name, task)
        : NommuFileSystem.inMemory(
            name, env.get("memory") instanceof InMemory memory ? memory : InMemory.OF_64_MIB);
  }

  @Override
  public NommuFileSystem getFileSystem(URI uri) {
    return Registry.require(NommuUri.fileSystem(uri));
  }

  /** Returns the path of {@code nommu://NAME/PATH}. */
  @Override
  public Path getPath(URI uri) {
    return getFileSystem(uri).getPath(NommuUri.path(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return open(path, options, attributes);
  }

  /** Opens a channel whose operations run on virtual threads, or on those of an executor. */
  @Override
  @SuppressWarnings("exports") // JSpecify is for the build alone
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.APPEND)) {
      throw new UnsupportedOperationException("APPEND of an asynchronous channel");
    }
    Executor runs = executor == null ? Thread::startVirtualThread : executor;
    return new NommuAsynchronousFileChannel(open(path, options, attributes), runs);
  }

  private static NommuFileChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    NommuPath file = NommuPath.of(path);
    OpenRequest request = OpenRequest.of(options);
    int mode = Permissions.ofNew(FILE_MODE, attributes);
    NommuFileSystem fileSystem = file.getFileSystem();
    Task task = fileSystem.task();
    try {
      int number = task.open(file.forKernel(), request.flags(), mode);
      NommuFileChannel channel = channel(file, request, new OpenDescriptor(task, number));
      fileSystem.opened(channel);
      return channel;
    } catch (ErrnoException failure) {
      throw Failures.of(file, failure);
    }
  }

  private static NommuFileChannel channel(
      NommuPath file, OpenRequest request, OpenDescriptor descriptor)
      throws ErrnoException, IOException {
    boolean done = false;
    try {
      FileKey key = FileKey.of(descriptor.call(Task::fstat));
      if (request.has(StandardOpenOption.DELETE_ON_CLOSE)) {
        tree(file).unlink(file.forKernel());
      }
      done = true;
      return new NommuFileChannel(file, request, descriptor, file.getFileSystem().locks(), key);
    } finally {
      if (!done) {
        descriptor.close();
      }
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    NommuPath listed = NommuPath.of(directory);
    NommuDirectoryStream stream = new NommuDirectoryStream(listed, filter);
    listed.getFileSystem().opened(stream);
    return stream;
  }

  private static TreeCalls tree(NommuPath path) {
    return path.getFileSystem().task().tree();
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    NommuPath made = NommuPath.of(directory);
    int mode = Permissions.ofNew(DIRECTORY_MODE, attributes);
    TreeCalls tree = tree(made);
    Failures.run(made, () -> tree.mkdir(made.forKernel(), mode));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    if (attributes.length > 0) {
      throw new UnsupportedOperationException("initial attributes of a symbolic link");
    }
    NommuPath made = NommuPath.of(link);
    String text = NommuPath.of(target).toString();
    TreeCalls tree = tree(made);
    Failures.run(made, () -> tree.symlink(text, made.forKernel()));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    NommuPath made = NommuPath.of(link);
    NommuPath there = NommuPath.of(existing);
    TreeCalls tree = tree(made);
    try {
      tree.link(there.forKernel(), made.forKernel());
    } catch (ErrnoException failure) {
      throw Failures.of(made, there, failure);
    }
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    NommuPath read = NommuPath.of(link);
    try {
      return NommuPath.ofKernel(read.getFileSystem(), tree(read).readlink(read.forKernel()));
    } catch (ErrnoException failure) {
      throw Failures.ofLink(read, failure);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    NommuPath file = NommuPath.of(path);
    String name = file.forKernel();
    TreeCalls tree = tree(file);
    try {
      if (tree.lstat(name).kind() == FileKind.DIRECTORY) {
        tree.rmdir(name);
      } else {
        tree.unlink(name);
      }
    } catch (ErrnoException failure) {
      throw failure.errno() == Errno.EEXIST
          ? new DirectoryNotEmptyException(file.toString())
          : Failures.of(file, failure);
    }
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    new Transfer(NommuPath.of(source), NommuPath.of(target), options).copy();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    new Transfer(NommuPath.of(source), NommuPath.of(target), options).move();
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    NommuPath one = NommuPath.of(path);
    if (one.equals(other)) {
      return true;
    }
    return other instanceof NommuPath another
        && another.getFileSystem() == one.getFileSystem()
        && key(one).equals(key(another));
  }

  private static FileKey key(NommuPath path) throws IOException {
    TreeCalls tree = tree(path);
    FileStatus status = Failures.call(path, () -> tree.stat(path.forKernel()));
    return FileKey.of(status);
  }

  /** Returns whether the name begins with a dot. */
  @Override
  public boolean isHidden(Path path) {
    NommuPath file = NommuPath.of(path);
    file.getFileSystem().requireOpen();
    NommuPath name = file.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return NommuFileStore.of(NommuPath.of(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    NommuPath file = NommuPath.of(path);
    int wanted = 0;
    for (AccessMode mode : modes) {
      wanted |=
          switch (mode) {
            case READ -> 4;
            case WRITE -> 2;
            case EXECUTE -> 1;
          };
    }
    int bits = wanted;
    TreeCalls tree = tree(file);
    Failures.run(file, () -> tree.access(file.forKernel(), bits));
  }

  @Override
  @SuppressWarnings("exports") // JSpecify is for the build alone
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    NommuPath file = NommuPath.of(path);
    file.getFileSystem().requireOpen();
    Links links = Links.of(options);
    if (type == BasicFileAttributeView.class) {
      return type.cast(new FileAttributes(file, links, FileAttributes.View.BASIC));
    }
    if (type == FileOwnerAttributeView.class) {
      return type.cast(new FileAttributes(file, links, FileAttributes.View.OWNER));
    }
    return type == PosixFileAttributeView.class
        ? type.cast(new FileAttributes(file, links, FileAttributes.View.POSIX))
        : null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
      throw new UnsupportedOperationException("attributes " + type.getName());
    }
    return type.cast(all(path, options).readAttributes());
  }

  private static FileAttributes all(Path path, LinkOption... options) {
    return new FileAttributes(NommuPath.of(path), Links.of(options), FileAttributes.View.POSIX);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return NamedAttributes.parse(attributes).of(all(path, options).readAttributes());
  }

  @Override
  @SuppressWarnings("exports") // JSpecify is for the build alone
  public void setAttribute(
      Path path, String attribute, @Nullable Object value, LinkOption... options)
      throws IOException {
    NamedAttributes.parse(attribute).set(all(path, options), value);
  }
}
