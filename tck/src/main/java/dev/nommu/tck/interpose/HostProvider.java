package dev.nommu.tck.interpose;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of the host's files, each of which passes through the view's interception. */
final class HostProvider extends FileSystemProvider {
  private final HostView view;
  private final FileSystemProvider host;
  private final HostFiles files;

  HostProvider(HostView view, FileSystem files) {
    this.view = view;
    this.host = files.provider();
    this.files = new HostFiles(view, this, files);
  }

  FileSystem files() {
    return files;
  }

  private @Nullable Object ask(String name, Class<?>[] types, @Nullable Object... given)
      throws IOException {
    try {
      Method method = FileSystemProvider.class.getMethod(name, types);
      return view.call(host, method, given);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(name + Arrays.toString(types), impossible);
    }
  }

  private static Class<?>[] types(Class<?>... types) {
    return types;
  }

  private Object answered(String name, Class<?>[] types, @Nullable Object... given)
      throws IOException {
    return Objects.requireNonNull(ask(name, types, given));
  }

  @Override
  public String getScheme() {
    return host.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("newFileSystem");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return files;
  }

  @Override
  public Path getPath(URI uri) {
    return (Path) view.seen(host.getPath(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return (SeekableByteChannel)
        answered(
            "newByteChannel",
            types(Path.class, Set.class, FileAttribute[].class),
            path,
            options,
            attributes);
  }

  @Override
  @SuppressWarnings("unchecked")
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return (DirectoryStream<Path>)
        answered(
            "newDirectoryStream",
            types(Path.class, DirectoryStream.Filter.class),
            directory,
            filter);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    ask("createDirectory", types(Path.class, FileAttribute[].class), directory, attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    ask("delete", types(Path.class), path);
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    ask("copy", types(Path.class, Path.class, CopyOption[].class), from, to, options);
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    ask("move", types(Path.class, Path.class, CopyOption[].class), from, to, options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return (Boolean) answered("isSameFile", types(Path.class, Path.class), one, other);
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return (Boolean) answered("isHidden", types(Path.class), path);
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return (FileStore) answered("getFileStore", types(Path.class), path);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    ask("checkAccess", types(Path.class, AccessMode[].class), path, modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V found =
        host.getFileAttributeView((Path) Objects.requireNonNull(HostView.own(path)), type, options);
    return found == null ? null : type.cast(view.proxy(found, type));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return type.cast(
        answered(
            "readAttributes",
            types(Path.class, Class.class, LinkOption[].class),
            path,
            type,
            options));
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return (Map<String, Object>)
        answered(
            "readAttributes",
            types(Path.class, String.class, LinkOption[].class),
            path,
            names,
            options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    ask(
        "setAttribute",
        types(Path.class, String.class, Object.class, LinkOption[].class),
        path,
        name,
        value,
        options);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    ask("createLink", types(Path.class, Path.class), link, existing);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    ask(
        "createSymbolicLink",
        types(Path.class, Path.class, FileAttribute[].class),
        link,
        target,
        attributes);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return (Path) answered("readSymbolicLink", types(Path.class), link);
  }
}
