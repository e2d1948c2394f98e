package dev.nommu.api;

import java.util.Objects;

/**
 * A name in a directory. Immutable; equal if all of it is.
 *
 * <p>Made by {@link #of}, so that an entry can come to have more without a change to those who list
 * directories.
 */
public final class DirectoryEntry {
  private final String name;
  private final long inode;
  private final FileKind kind;

  private DirectoryEntry(String name, long inode, FileKind kind) {
    this.name = name;
    this.inode = inode;
    this.kind = kind;
  }

  /**
   * Returns an entry.
   *
   * @param name the name
   * @param inode the number of the inode it stands for
   * @param kind the kind of that inode
   */
  public static DirectoryEntry of(String name, long inode, FileKind kind) {
    return new DirectoryEntry(name, inode, kind);
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

  @Override
  public boolean equals(Object other) {
    return other instanceof DirectoryEntry that
        && name.equals(that.name)
        && inode == that.inode
        && kind == that.kind;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, inode, kind);
  }

  /** Returns the entry as {@code DirectoryEntry[name=a, inode=7, kind=REGULAR]}. */
  @Override
  public String toString() {
    return "DirectoryEntry[name=%s, inode=%d, kind=%s]".formatted(name, inode, kind);
  }
}
