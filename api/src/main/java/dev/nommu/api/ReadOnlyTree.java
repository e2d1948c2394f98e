package dev.nommu.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A read-only file system of paths and bytes, for a plugin that has all contents available at
 * mount. Files can be mapped as copies. Immutable and thread-safe.
 *
 * <pre>{@code
 * return ReadOnlyTree.builder(0x7a6970)
 *     .file("etc/motd", text.getBytes(UTF_8))
 *     .symbolicLink("motd", "etc/motd")
 *     .build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class ReadOnlyTree implements FileSystem {
  private final Folder root;
  private final Statistics statistics;

  private ReadOnlyTree(Builder from) {
    this.root = from.root;
    this.statistics = Statistics.builder(from.magic).files(from.lastNumber).build();
  }

  /**
   * Returns a builder of an empty tree.
   *
   * @param magic the number of the type, for {@code statfs}
   */
  public static Builder builder(long magic) {
    return new Builder(magic);
  }

  @Override
  public Directory root() {
    return root;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public NameChanges nameChanges() {
    return NameChanges.BY_KERNEL;
  }

  @Override
  public Statistics statistics() {
    return statistics;
  }

  /**
   * Builds a tree, once. Paths are separated by slashes and relative to the root, with or without a
   * leading slash; missing parents are created. Each method throws {@link ErrnoException}: EINVAL
   * for an invalid path, such as one with "..", EEXIST for one that exists, ENOTDIR for one below a
   * file. Not thread-safe.
   */
  public static final class Builder {
    private static final int LONGEST_NAME = 255;

    private final long magic;
    private final Folder root = new Folder(1);
    private long lastNumber = 1;
    private Instant modified = Instant.EPOCH;

    private Builder(long magic) {
      this.magic = magic;
    }

    /** Sets the modification time of entries added from now on. */
    public Builder modified(Instant time) {
      modified = time;
      return this;
    }

    /**
     * Adds a file that everyone may read.
     *
     * @param content its bytes; not copied, and not to be changed
     */
    public Builder file(String path, byte[] content) throws ErrnoException {
      return file(path, 0444, content);
    }

    /** Adds a file with these mode bits. */
    public Builder file(String path, int permissions, byte[] content) throws ErrnoException {
      Attributes.Builder attributes = Attributes.builder(permissions).modified(modified);
      add(path, new ByteFile(++lastNumber, content, attributes));
      return this;
    }

    /** Adds a symbolic link. */
    public Builder symbolicLink(String path, String target) throws ErrnoException {
      add(path, new Link(++lastNumber, target));
      return this;
    }

    /** Adds a directory unless it exists; needed only for an empty one. */
    public Builder directory(String path) throws ErrnoException {
      below(root, names(path), path);
      return this;
    }

    /** Returns the tree. */
    public ReadOnlyTree build() {
      return new ReadOnlyTree(this);
    }

    private void add(String path, Inode inode) throws ErrnoException {
      List<String> names = names(path);
      Folder parent = below(root, names.subList(0, names.size() - 1), path);
      if (parent.children.putIfAbsent(names.getLast(), inode) != null) {
        throw new ErrnoException(Errno.EEXIST, path + ": already exists");
      }
    }

    private Folder below(Folder from, List<String> names, String path) throws ErrnoException {
      Folder at = from;
      for (String name : names) {
        Inode next = at.children.computeIfAbsent(name, absent -> new Folder(++lastNumber));
        if (!(next instanceof Folder folder)) {
          throw new ErrnoException(Errno.ENOTDIR, path + ": " + name + " is not a directory");
        }
        at = folder;
      }
      return at;
    }

    private static List<String> names(String path) throws ErrnoException {
      String plain = path.replaceAll("^/+|/+$", "");
      List<String> names = List.of(plain.split("/+", -1));
      for (String name : names) {
        boolean dots = name.equals(".") || name.equals("..");
        int length = FileNames.length(name);
        if (dots || length == 0 || length > LONGEST_NAME || name.indexOf('\0') >= 0) {
          throw new ErrnoException(
              Errno.EINVAL, "\"%s\": expected names, found \"%s\"".formatted(path, name));
        }
      }
      return names;
    }
  }

  private static final class Folder implements Directory {
    private static final int PERMISSIONS = 0555;

    private final long number;
    private final Map<String, Inode> children = new LinkedHashMap<>();

    Folder(long number) {
      this.number = number;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public Attributes attributes() {
      return Attributes.builder(PERMISSIONS).links(2).build();
    }

    @Override
    public Optional<Inode> lookup(String name) {
      return Optional.ofNullable(children.get(name));
    }

    @Override
    public List<DirectoryEntry> entries() {
      return children.entrySet().stream().map(Folder::entry).toList();
    }

    private static DirectoryEntry entry(Map.Entry<String, Inode> child) {
      Inode inode = child.getValue();
      return DirectoryEntry.of(child.getKey(), inode.number(), FileKind.of(inode));
    }
  }

  private record Link(long number, String target) implements SymbolicLink {
    @Override
    public Attributes attributes() {
      return Attributes.builder(0777).size(FileNames.length(target)).build();
    }
  }
}
