package dev.nommu.api;

import java.util.Objects;

/**
 * A name in a directory. Immutable; equal if all components are.
 *
 * <p>Made by {@link #of}, so that components can be added without changing callers.
 *
 * @since 0.1.0
 */
public final class DirectoryEntry {
  private final String name;
  private final long inode;
  private final FileKind kind;
  private final long next;

  private DirectoryEntry(String name, long inode, FileKind kind, long next) {
    this.name = name;
    this.inode = inode;
    this.kind = kind;
    this.next = next;
  }

  /**
   * Returns an entry.
   *
   * @param name the name
   * @param inode the number of the inode it stands for
   * @param kind the kind of that inode
   */
  public static DirectoryEntry of(String name, long inode, FileKind kind) {
    return new DirectoryEntry(name, inode, kind, 0);
  }

  /**
   * Returns this entry with the position after it, for a {@link SeekableDirectory}.
   *
   * @param position 1 or more
   */
  public DirectoryEntry withNext(long position) {
    return new DirectoryEntry(name, inode, kind, position);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the number of the inode it stands for. */
  public long inode() {
    return inode;
  }

  /** Returns the kind of that inode. */
  public FileKind kind() {
    return kind;
  }

  /** Returns the position after it in its directory; 0 if the directory has no positions. */
  public long next() {
    return next;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DirectoryEntry that
        && name.equals(that.name)
        && inode == that.inode
        && kind == that.kind
        && next == that.next;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, inode, kind, next);
  }

  /** Returns the entry as {@code DirectoryEntry[name=a, inode=7, kind=REGULAR]}. */
  @Override
  public String toString() {
    return "DirectoryEntry[name=%s, inode=%d, kind=%s]".formatted(name, inode, kind);
  }
}
