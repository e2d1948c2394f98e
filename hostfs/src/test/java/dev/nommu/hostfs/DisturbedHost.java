package dev.nommu.hostfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host on which another program interferes just before a call: a view of a file system that
 * delegates every call to the real one.
 */
final class DisturbedHost {
  private final FileSystemProvider real;
  private final Host host;
  private String awaited = "";
  private Interference interference = () -> {};

  /** The action of the other program. */
  @FunctionalInterface
  interface Interference {
    /** Performs the action. */
    void run() throws IOException;
  }

  /** Creates a host without interference. */
  DisturbedHost(FileSystem real) {
    this.real = real.provider();
    this.host = new Host(real);
  }

  /** Returns a path of the real host as a path of this one. */
  Path show(Path path) {
    return (Path) Proxy.newProxyInstance(loader(), new Class<?>[] {Path.class}, new Shown(path));
  }

  /**
   * Lets another program interfere once.
   *
   * @param call the method of {@link FileSystemProvider} or {@link SecureDirectoryStream} that is
   *     about to be called
   */
  void before(String call, Interference action) {
    awaited = call;
    interference = action;
  }

  /** Returns whether the other program has interfered. */
  boolean hasInterfered() {
    return awaited.isEmpty();
  }

  private void begin(String call) throws IOException {
    if (awaited.equals(call)) {
      awaited = "";
      interference.run();
    }
  }

  private static ClassLoader loader() {
    return DisturbedHost.class.getClassLoader();
  }

  private static Path hide(Path shown) {
    return (Path) hidden(shown);
  }

  private static Object hidden(Object shown) {
    return Proxy.isProxyClass(shown.getClass())
            && Proxy.getInvocationHandler(shown) instanceof Shown behind
        ? behind.object
        : shown;
  }

  private Object shown(Object answer) {
    return switch (answer) {
      case Path path -> show(path);
      case SecureDirectoryStream<?> stream -> proxy(stream, SecureDirectoryStream.class);
      case DirectoryStream<?> stream -> proxy(stream, DirectoryStream.class);
      case Iterator<?> iterator -> proxy(iterator, Iterator.class);
      case FileSystem system -> host;
      default -> answer;
    };
  }

  private Object proxy(Object object, Class<?> type) {
    return Proxy.newProxyInstance(loader(), new Class<?>[] {type}, new Shown(object));
  }

  @SuppressWarnings("unchecked") // a proxy of the same interface
  private DirectoryStream<Path> show(DirectoryStream<Path> stream) {
    return (DirectoryStream<Path>) shown(stream);
  }

  /** An object of the real host, wrapped by this one. */
  private final class Shown implements InvocationHandler {
    private final Object object;

    Shown(Object object) {
      this.object = object;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (object instanceof SecureDirectoryStream) {
        begin(method.getName());
      }
      Object[] behind = arguments == null ? new Object[0] : arguments.clone();
      Arrays.setAll(behind, i -> hidden(behind[i]));
      try {
        Object answer = method.invoke(object, behind);
        return answer == null ? null : shown(answer);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }
  }

  private final class Host extends FileSystem {
    private final FileSystem system;
    private final Provider provider = new Provider();

    Host(FileSystem system) {
      this.system = system;
    }

    @Override
    public FileSystemProvider provider() {
      return provider;
    }

    @Override
    public void close() throws IOException {
      system.close();
    }

    @Override
    public boolean isOpen() {
      return system.isOpen();
    }

    @Override
    public boolean isReadOnly() {
      return system.isReadOnly();
    }

    @Override
    public String getSeparator() {
      return system.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return system.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return system.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return system.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return show(system.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
      return system.getPathMatcher(syntaxAndPattern);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return system.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return system.newWatchService();
    }
  }

  private final class Provider extends FileSystemProvider {
    @Override
    public String getScheme() {
      return real.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      return host;
    }

    @Override
    public Path getPath(URI uri) {
      return show(real.getPath(uri));
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      begin("newByteChannel");
      return real.newByteChannel(hide(path), options, attributes);
    }

    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      begin("newFileChannel");
      return real.newFileChannel(hide(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
      begin("newDirectoryStream");
      return show(real.newDirectoryStream(hide(directory), filter));
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
      begin("createDirectory");
      real.createDirectory(hide(directory), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
      begin("delete");
      real.delete(hide(path));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) throws IOException {
      begin("copy");
      real.copy(hide(from), hide(to), options);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
      begin("move");
      real.move(hide(from), hide(to), options);
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
      begin("readSymbolicLink");
      return show(real.readSymbolicLink(hide(link)));
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
      return real.isSameFile(hide(one), hide(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return real.isHidden(hide(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return real.getFileStore(hide(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      real.checkAccess(hide(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      try {
        begin("getFileAttributeView");
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      return real.getFileAttributeView(hide(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      begin("readAttributes");
      return real.readAttributes(hide(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      return real.readAttributes(hide(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options)
        throws IOException {
      real.setAttribute(hide(path), name, value, options);
    }
  }
}
