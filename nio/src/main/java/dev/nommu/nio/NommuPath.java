package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path as the kernel reads it: names between slashes, absolute if it begins with one. Names are
 * the kernel's texts, unchanged: bytes that are not UTF-8 are lone surrogates (rule FILE-17).
 * Immutable.
 */
final class NommuPath implements Path {
  private final NommuFileSystem fileSystem;

  /** Without redundant slashes; empty for the empty path. */
  private final String text;

  private volatile String @Nullable [] names;

  private NommuPath(NommuFileSystem fileSystem, String text) {
    this.fileSystem = fileSystem;
    this.text = text;
  }

  /**
   * Returns a path.
   *
   * @throws InvalidPathException if it has a NUL, or does not encode any bytes
   */
  static NommuPath parse(NommuFileSystem fileSystem, String text) {
    int zero = text.indexOf('\0');
    if (zero >= 0) {
      throw new InvalidPathException(text, "Nul character not allowed", zero);
    }
    if (!FileNames.decode(FileNames.encode(text)).equals(text)) {
      throw new InvalidPathException(
          text, "Malformed input or input contains unmappable characters");
    }
    return new NommuPath(fileSystem, withoutEmptyNames(text));
  }

  /** Returns a path from the kernel, such as the target of a symbolic link. */
  static NommuPath ofKernel(NommuFileSystem fileSystem, String text) {
    return new NommuPath(fileSystem, withoutEmptyNames(text));
  }

  private static String withoutEmptyNames(String text) {
    if (!text.contains("//") && !(text.length() > 1 && text.endsWith("/"))) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean repeated = i > 0 && text.charAt(i) == '/' && text.charAt(i - 1) == '/';
      if (!repeated) {
        clean.append(text.charAt(i));
      }
    }
    if (clean.length() > 1 && clean.charAt(clean.length() - 1) == '/') {
      clean.setLength(clean.length() - 1);
    }
    return clean.toString();
  }

  /**
   * Returns a path as one of this provider.
   *
   * @throws ProviderMismatchException if it belongs to another provider
   */
  static NommuPath of(Path path) {
    if (Objects.requireNonNull(path) instanceof NommuPath own) {
      return own;
    }
    throw new ProviderMismatchException(
        "expected a path of a nommu file system, found %s of %s"
            .formatted(path, path.getFileSystem().provider().getScheme()));
  }

  /** Returns the absolute path to pass to the kernel. */
  String forKernel() {
    return toAbsolutePath().text;
  }

  @Override
  public NommuFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return text.startsWith("/");
  }

  @Override
  public @Nullable NommuPath getRoot() {
    return isAbsolute() ? with("/") : null;
  }

  private NommuPath with(String other) {
    return new NommuPath(fileSystem, other);
  }

  private String[] names() {
    String[] known = names;
    if (known == null) {
      known = split();
      names = known;
    }
    return known;
  }

  private String[] split() {
    if (text.equals("/")) {
      return new String[0];
    }
    return (isAbsolute() ? text.substring(1) : text).split("/", -1);
  }

  private boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public @Nullable NommuPath getFileName() {
    String[] all = names();
    return all.length == 0 ? null : with(all[all.length - 1]);
  }

  @Override
  public @Nullable NommuPath getParent() {
    int slash = text.lastIndexOf('/');
    if (slash < 0 || text.length() == 1) {
      return null;
    }
    return with(slash == 0 ? "/" : text.substring(0, slash));
  }

  @Override
  public int getNameCount() {
    return names().length;
  }

  @Override
  public NommuPath getName(int index) {
    String[] all = names();
    if (index < 0 || index >= all.length) {
      throw new IllegalArgumentException(
          "name %d of %s: expected 0 to %d".formatted(index, this, all.length - 1));
    }
    return with(all[index]);
  }

  @Override
  public NommuPath subpath(int beginIndex, int endIndex) {
    String[] all = names();
    if (beginIndex < 0 || endIndex > all.length || beginIndex >= endIndex) {
      throw new IllegalArgumentException(
          "names %d to %d of %s, which has %d".formatted(beginIndex, endIndex, this, all.length));
    }
    return with(String.join("/", List.of(all).subList(beginIndex, endIndex)));
  }

  private boolean isOfSameKind(Path other) {
    return other instanceof NommuPath own
        && own.fileSystem == fileSystem
        && own.isAbsolute() == isAbsolute();
  }

  @Override
  public boolean startsWith(Path other) {
    if (!isOfSameKind(other)) {
      return false;
    }
    NommuPath that = (NommuPath) other;
    if (that.isEmpty() || isEmpty()) {
      return that.isEmpty() && isEmpty();
    }
    String[] mine = names();
    String[] theirs = that.names();
    return theirs.length <= mine.length
        && Arrays.equals(mine, 0, theirs.length, theirs, 0, theirs.length);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof NommuPath that) || that.fileSystem != fileSystem) {
      return false;
    }
    if (that.isAbsolute() || that.isEmpty() || isEmpty()) {
      return equals(that);
    }
    String[] mine = names();
    String[] theirs = that.names();
    int from = mine.length - theirs.length;
    return from >= 0 && Arrays.equals(mine, from, mine.length, theirs, 0, theirs.length);
  }

  @Override
  public NommuPath normalize() {
    Deque<String> kept = new ArrayDeque<>();
    for (String name : names()) {
      if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (name.equals("..") ? !isAbsolute() : !name.equals(".")) {
        kept.addLast(name);
      }
    }
    return with((isAbsolute() ? "/" : "") + String.join("/", kept));
  }

  @Override
  public NommuPath resolve(Path other) {
    NommuPath that = of(other);
    if (that.isAbsolute() || isEmpty()) {
      return that;
    }
    return that.isEmpty()
        ? this
        : with(text.equals("/") ? "/" + that.text : text + "/" + that.text);
  }

  /** Returns the path of a name that the kernel listed in this directory. */
  NommuPath entry(String name) {
    return isEmpty() ? with(name) : with(text.equals("/") ? "/" + name : text + "/" + name);
  }

  @Override
  public NommuPath relativize(Path other) {
    NommuPath that = of(other);
    if (that.fileSystem != fileSystem) {
      throw new ProviderMismatchException(
          "%s relative to %s: they are of two file systems".formatted(that, this));
    }
    if (!isOfSameKind(that)) {
      throw new IllegalArgumentException(
          "%s relative to %s: one is absolute, the other is not".formatted(that, this));
    }
    if (isEmpty() || equals(that)) {
      return equals(that) ? with("") : that;
    }
    String[] from = normalize().isEmpty() ? new String[0] : normalize().names();
    String[] to = that.normalize().isEmpty() ? new String[0] : that.normalize().names();
    int common = 0;
    while (common < from.length && common < to.length && from[common].equals(to[common])) {
      common++;
    }
    if (Arrays.asList(from).subList(common, from.length).contains("..")) {
      throw new IllegalArgumentException(
          "%s relative to %s: the parent of .. has no name".formatted(that, this));
    }
    StringBuilder way = new StringBuilder("../".repeat(from.length - common));
    way.append(String.join("/", Arrays.asList(to).subList(common, to.length)));
    return with(withoutEmptyNames(way.toString()));
  }

  /**
   * {@inheritDoc}
   *
   * @return {@code nommu://NAME/PATH}, with the name of the file system
   */
  @Override
  public URI toUri() {
    return NommuUri.of(fileSystem.name(), toAbsolutePath().text);
  }

  @Override
  public NommuPath toAbsolutePath() {
    return isAbsolute() ? this : fileSystem.workingDirectory().resolve(this);
  }

  @Override
  public NommuPath toRealPath(LinkOption... options) throws IOException {
    return new RealPath(toAbsolutePath()).resolve(Links.of(options));
  }

  /**
   * Throws {@link UnsupportedOperationException}: files of the machine are not files of the host.
   */
  @Override
  public File toFile() {
    throw new UnsupportedOperationException(this + ": a java.io.File is a file of the host");
  }

  /**
   * {@inheritDoc}
   *
   * @param watcher a watch service of this file system
   * @param modifiers a sensitivity, which has no effect, as nothing is polled
   */
  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    Objects.requireNonNull(events);
    if (!(Objects.requireNonNull(watcher) instanceof NommuWatchService service)
        || service.fileSystem() != fileSystem) {
      throw new ProviderMismatchException(
          "%s: expected a watch service of its file system, found %s".formatted(this, watcher));
    }
    Set<WatchEvent.Kind<?>> kinds = NommuWatchKey.kinds(events);
    service.requireSupported(modifiers);
    OpenDirectory directory = OpenDirectory.open(new Place.ByPath(this), Links.FOLLOW);
    try {
      return service.register(this, directory, kinds, name -> ofKernel(fileSystem, name));
    } catch (ErrnoException failure) {
      throw Failures.ofDirectory(this, failure);
    } finally {
      directory.close();
    }
  }

  /** Compares the bytes as unsigned numbers, and then the names of the file systems. */
  @Override
  public int compareTo(Path other) {
    NommuPath that = (NommuPath) other;
    int byText = Arrays.compareUnsigned(FileNames.encode(text), FileNames.encode(that.text));
    return byText != 0 ? byText : fileSystem.name().compareTo(that.fileSystem.name());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NommuPath that
        && that.fileSystem == fileSystem
        && that.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
