package dev.nommu.ramfs;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FlaggedInode;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.RegularFile;
import dev.nommu.api.Syncable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A directory: names in the order they were created. All state is guarded by the file system's
 * monitor.
 */
final class RamDirectory extends RamInode implements Directory, Syncable, FlaggedInode {
  /** Its name and its ".". */
  private static final int LINKS_OF_A_NAME = 2;

  private final SequencedMap<String, RamInode> children = new LinkedHashMap<>();
  private RamDirectory parent = this;

  RamDirectory(RamFileSystem fileSystem, NewInode description) {
    super(fileSystem, description);
  }

  /** Returns a directory without a name. */
  static RamDirectory root(RamFileSystem fileSystem, NewInode description) {
    RamDirectory root = new RamDirectory(fileSystem, description);
    root.addLinks(LINKS_OF_A_NAME);
    return root;
  }

  @Override
  public Optional<Inode> lookup(String name) {
    synchronized (fileSystem()) {
      return Optional.ofNullable(children.get(name)).map(RamInode::self);
    }
  }

  /**
   * Returns the entries, the newest name first, as {@code dcache_readdir} in Linux's fs/libfs.c.
   */
  @Override
  public List<DirectoryEntry> entries() {
    synchronized (fileSystem()) {
      return children.sequencedEntrySet().reversed().stream().map(RamDirectory::entry).toList();
    }
  }

  private static DirectoryEntry entry(Map.Entry<String, RamInode> child) {
    Inode inode = child.getValue().self();
    return DirectoryEntry.of(child.getKey(), inode.number(), FileKind.of(inode));
  }

  /**
   * Creates an inode of any kind.
   *
   * @throws ErrnoException ENOENT if this directory was removed, EEXIST
   */
  @Override
  public Inode create(String name, NewInode what) throws ErrnoException {
    synchronized (fileSystem()) {
      requireFree(name);
      RamInode made = fileSystem().make(what);
      put(name, made);
      return made.self();
    }
  }

  /**
   * Creates a regular file without a name, which is removed when it is closed.
   *
   * @throws ErrnoException ENOENT if this directory was removed
   */
  @Override
  public RegularFile tmpfile(NewInode what) throws ErrnoException {
    synchronized (fileSystem()) {
      requireAlive("a file without a name");
      return new RamFile(fileSystem(), what);
    }
  }

  /**
   * Adds a name for an inode.
   *
   * @throws ErrnoException EXDEV if the inode is of another file system; ENOENT if it, or this
   *     directory, was removed; EEXIST; EPERM for a directory
   */
  @Override
  public void link(String name, Inode inode) throws ErrnoException {
    RamInode own = fileSystem().own(inode);
    if (inode instanceof Directory) {
      throw new ErrnoException(Errno.EPERM, "link " + name + ": the inode is a directory");
    }
    synchronized (fileSystem()) {
      requireFree(name);
      if (own.isUnnamed()) {
        throw own.removed("link " + name);
      }
      put(name, own);
    }
  }

  /**
   * Removes a name; the pages of a file are freed when it is not open, either.
   *
   * @throws ErrnoException ENOENT; EISDIR
   */
  @Override
  public void unlink(String name) throws ErrnoException {
    synchronized (fileSystem()) {
      RamInode child = require(name);
      if (child.self() instanceof Directory) {
        throw new ErrnoException(Errno.EISDIR, "unlink " + name + ": is a directory");
      }
      remove(name, child);
    }
  }

  /**
   * Removes an empty directory.
   *
   * @throws ErrnoException ENOENT; ENOTDIR; ENOTEMPTY
   */
  @Override
  public void rmdir(String name) throws ErrnoException {
    synchronized (fileSystem()) {
      RamInode child = require(name);
      requireEmptyDirectory("rmdir " + name, child);
      remove(name, child);
    }
  }

  /**
   * Renames, replacing any existing target. Nothing happens if both names refer to the same inode.
   *
   * @throws ErrnoException EXDEV if the target is of another file system; ENOENT; EINVAL if a
   *     directory would be moved into itself; EISDIR, ENOTDIR or ENOTEMPTY if the existing target
   *     cannot be replaced
   */
  @Override
  public void rename(String name, Directory target, String newName) throws ErrnoException {
    if (!(fileSystem().own(target) instanceof RamDirectory to)) {
      throw new ErrnoException(Errno.ENOTDIR, "rename " + name + ": the target is not a directory");
    }
    synchronized (fileSystem()) {
      RamInode moved = require(name);
      to.requireAlive(newName);
      to.requireNotBelow(moved, name);
      if (moved.equals(to.children.get(newName))) {
        return;
      }
      to.makeRoom(newName, moved, "rename " + name + " to " + newName);
      to.put(newName, moved);
      remove(name, moved);
    }
  }

  private void makeRoom(String name, RamInode moved, String operation) throws ErrnoException {
    RamInode replaced = children.get(name);
    if (replaced != null) {
      requireReplaceable(operation, moved, replaced);
      remove(name, replaced);
    }
  }

  private void put(String name, RamInode child) {
    children.put(name, child);
    child.named(this);
    touch();
  }

  private void remove(String name, RamInode child) {
    children.remove(name);
    child.unnamed(this);
    touch();
  }

  private RamInode require(String name) throws ErrnoException {
    RamInode child = children.get(name);
    if (child == null) {
      throw new ErrnoException(Errno.ENOENT, name + ": no such name in inode " + number());
    }
    return child;
  }

  private void requireFree(String name) throws ErrnoException {
    requireAlive(name);
    if (children.containsKey(name)) {
      throw new ErrnoException(Errno.EEXIST, name + ": already exists in inode " + number());
    }
  }

  private void requireAlive(String name) throws ErrnoException {
    if (isUnnamed()) {
      throw removed("create " + name);
    }
  }

  private void requireNotBelow(RamInode moved, String name) throws ErrnoException {
    RamDirectory ancestor = this;
    while (ancestor != moved && ancestor.parent != ancestor) {
      ancestor = ancestor.parent;
    }
    if (ancestor == moved) {
      throw new ErrnoException(
          Errno.EINVAL, "rename " + name + ": would move a directory into itself");
    }
  }

  private static void requireReplaceable(String operation, RamInode moved, RamInode replaced)
      throws ErrnoException {
    if (moved.self() instanceof Directory) {
      requireEmptyDirectory(operation, replaced);
    } else if (replaced.self() instanceof Directory) {
      throw new ErrnoException(Errno.EISDIR, operation + ": the target is a directory");
    }
  }

  private static void requireEmptyDirectory(String operation, RamInode inode)
      throws ErrnoException {
    if (!(inode instanceof RamDirectory directory)) {
      throw new ErrnoException(Errno.ENOTDIR, operation + ": not a directory");
    }
    if (!directory.children.isEmpty()) {
      throw new ErrnoException(
          Errno.ENOTEMPTY,
          "%s: expected an empty directory, found %d in it"
              .formatted(operation, directory.children.size()));
    }
  }

  /** Returns at once: no data outlives the machine. */
  @Override
  public void fsync() {}

  /** Frees the pages of all files in this directory and below. */
  void releaseAll() {
    Deque<RamDirectory> rest = new ArrayDeque<>(List.of(this));
    while (!rest.isEmpty()) {
      for (RamInode child : rest.remove().children.values()) {
        switch (child.self()) {
          case RamDirectory directory -> rest.add(directory);
          case RamFile file -> file.release();
          default -> {}
        }
      }
    }
  }

  @Override
  void named(RamDirectory newParent) {
    parent = newParent;
    addLinks(LINKS_OF_A_NAME);
    newParent.addLinks(1);
  }

  @Override
  void unnamed(RamDirectory oldParent) {
    addLinks(-LINKS_OF_A_NAME);
    oldParent.addLinks(-1);
  }

  @Override
  Inode self() {
    return this;
  }

  @Override
  long size() {
    return 0;
  }
}
