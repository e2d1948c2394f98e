package dev.nommu.nio;

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
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The provider of the scheme {@code nommu}. Found as a service; see {@link NommuFileSystem} for how
 * to get a file system without it.
 */
public final class NommuFileSystemProvider extends FileSystemProvider {
  private static final int DIRECTORY_MODE = 0777;

  /** Creates the provider; it has no state. */
  public NommuFileSystemProvider() {}

  @Override
  public String getScheme() {
    return NommuUri.SCHEME;
  }

  /**
   * Creates a named file system.
   *
   * @param uri {@code nommu:NAME} or {@code nommu://NAME/}
   * @param env {@code "task"} is the {@link Task} whose files these are; without it they are in
   *     memory, configured by {@code "memory"}, an {@link InMemory}
   * @throws IllegalArgumentException if one of them has another type
   */
  @Override
  public NommuFileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    String name = NommuUri.fileSystem(uri);
    Optional<InMemory> memory = given(env, "memory", InMemory.class);
    return given(env, "task", Task.class)
        .map(task -> NommuFileSystem.of(name, task))
        .orElseGet(() -> NommuFileSystem.inMemory(name, memory.orElse(InMemory.OF_64_MIB)));
  }

  private static <T> Optional<T> given(Map<String, ?> env, String key, Class<T> type) {
    Object value = env.get(key);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(
          "\"%s\" of a file system: expected a %s, found %s (%s)"
              .formatted(key, type.getName(), value, value.getClass().getName()));
    }
    return Optional.ofNullable(type.cast(value));
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
    return OpenRequest.of(options, attributes).open(new Place.ByPath(NommuPath.of(path)));
  }

  /** Opens a directory and reads its entries; the stream is a {@link SecureDirectoryStream}. */
  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return NommuDirectoryStream.open(
        new Place.ByPath(NommuPath.of(directory)), Links.FOLLOW, filter);
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
      throw Failures.ofRemoval(file, failure);
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
        && tree(another).isOfSameMachineAs(tree(one))
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
    return FileAttributes.of(type, new Place.ByPath(file), Links.of(options));
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
    Place place = new Place.ByPath(NommuPath.of(path));
    return new FileAttributes(place, Links.of(options), FileAttributes.View.POSIX);
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
