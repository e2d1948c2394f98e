package dev.nommu.tck.fs;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A directory. */
class HeapFolder extends HeapInode implements Directory {
  final Map<String, HeapInode> children = new LinkedHashMap<>();

  HeapFolder(HeapTree tree, NewInode what) {
    super(tree, what);
  }

  @Override
  Inode self() {
    return this;
  }

  @Override
  long size() {
    return 0;
  }

  @Override
  public Optional<Inode> lookup(String name) throws ErrnoException {
    return Optional.ofNullable(children.get(name)).map(HeapInode::self);
  }

  @Override
  public List<DirectoryEntry> entries() {
    return children.entrySet().stream()
        .map(each ->
            DirectoryEntry.of(
                each.getKey(), each.getValue().number(), FileKind.of(each.getValue().self())))
        .toList();
  }

  @Override
  public Inode create(String name, NewInode what) throws ErrnoException {
    HeapInode made = tree.make(what);
    put(name, made);
    return made.self();
  }

  @Override
  public void link(String name, Inode inode) throws ErrnoException {
    put(name, (HeapInode) inode);
  }

  @Override
  public void unlink(String name) throws ErrnoException {
    lost(children.remove(name));
  }

  @Override
  public void rmdir(String name) throws ErrnoException {
    requireEmpty(children.get(name));
    lost(children.remove(name));
  }

  @Override
  public void rename(String name, Directory target, String newName) throws ErrnoException {
    HeapFolder folder = (HeapFolder) target;
    requireEmpty(folder.children.get(newName));
    lost(folder.children.remove(newName));
    HeapInode moved = children.remove(name);
    if (moved != null) {
      folder.children.put(newName, moved);
    }
  }

  void put(String name, HeapInode child) {
    children.put(name, child);
    child.links++;
  }

  void lost(@Nullable HeapInode child) {
    if (child != null && --child.links == 0) {
      tree.inUse.decrementAndGet();
    }
  }

  void requireEmpty(@Nullable HeapInode child) throws ErrnoException {
    if (child instanceof HeapFolder folder && !folder.children.isEmpty()) {
      throw new ErrnoException(Errno.ENOTEMPTY, "there are names in it");
    }
  }
}
