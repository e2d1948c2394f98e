package dev.nommu.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.h2.store.fs.FilePath;

/** What H2 needs to keep its files on a file system of {@code java.nio.file}. */
final class NommuFilePath extends FilePath {
  static final String SCHEME = "nommutest";

  private final Path root;

  /** Is to be registered; its paths are those below a directory. */
  NommuFilePath(Path root) {
    this(root, SCHEME + ":");
  }

  private NommuFilePath(Path root, String name) {
    this.root = root;
    this.name = name;
  }

  private Path path() {
    return root.resolve(name.substring(SCHEME.length() + 1));
  }

  private interface Call<T> {
    T make() throws IOException;
  }

  private static <T> T unchecked(Call<T> call) {
    try {
      return call.make();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FilePath getPath(String path) {
    return new NommuFilePath(root, path);
  }

  @Override
  public long size() {
    return unchecked(() -> Files.size(path()));
  }

  @Override
  public void moveTo(FilePath target, boolean atomic) {
    Path other = ((NommuFilePath) target).path();
    unchecked(() -> Files.move(path(), other, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public boolean createFile() {
    return !exists() && unchecked(() -> Files.createFile(path())) != null;
  }

  @Override
  public boolean exists() {
    return Files.exists(path());
  }

  @Override
  public void delete() {
    unchecked(() -> Files.deleteIfExists(path()));
  }

  @Override
  public List<FilePath> newDirectoryStream() {
    return unchecked(() -> {
      try (var files = Files.list(path())) {
        return files.map(each -> getPath(SCHEME + ":" + root.relativize(each))).toList();
      }
    });
  }

  @Override
  public FilePath toRealPath() {
    return this;
  }

  @Override
  public FilePath getParent() {
    return getPath(SCHEME + ":" + root.relativize(Objects.requireNonNull(path().getParent())));
  }

  @Override
  public boolean isDirectory() {
    return Files.isDirectory(path());
  }

  @Override
  public boolean isRegularFile() {
    return Files.isRegularFile(path());
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public long lastModified() {
    return unchecked(() -> Files.getLastModifiedTime(path()).toMillis());
  }

  @Override
  public boolean canWrite() {
    return Files.isWritable(path());
  }

  @Override
  public void createDirectory() {
    unchecked(() -> Files.createDirectory(path()));
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return mode.equals("r")
        ? FileChannel.open(path(), StandardOpenOption.READ)
        : FileChannel.open(
            path(),
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE));
  }

  @Override
  public boolean setReadOnly() {
    return path().toFile().setReadOnly();
  }
}
