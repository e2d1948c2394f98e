package dev.nommu.tck.fs;

import dev.nommu.api.Attributes;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.Owner;
import dev.nommu.api.SymbolicLink;
import java.time.Instant;

/** What all kinds have. */
abstract class HeapInode {
  final HeapTree tree;
  private final long number;
  private int permissions;
  private Owner owner;
  private Instant accessed = Instant.EPOCH;
  private Instant modified = Instant.EPOCH;
  int links;

  HeapInode(HeapTree tree, NewInode what) {
    this.tree = tree;
    this.number = tree.nextNumber();
    this.permissions = what.permissions();
    this.owner = what.owner();
  }

  abstract Inode self();

  abstract long size();

  public long number() {
    return number;
  }

  public Attributes attributes() {
    return Attributes.builder(permissions)
        .owner(owner)
        .links(links)
        .size(size())
        .accessed(accessed)
        .modified(modified)
        .build();
  }

  public void chmod(int given) {
    permissions = given;
  }

  public void chown(Owner given, int mode) {
    owner = given;
    permissions = mode;
  }

  public void setTimes(Instant read, Instant changed) {
    accessed = read;
    modified = changed;
  }

  /** A symbolic link. */
  static class Link extends HeapInode implements SymbolicLink {
    private final String target;

    Link(HeapTree tree, NewInode.SymbolicLink what) {
      super(tree, what);
      this.target = what.target();
    }

    @Override
    public String target() {
      return target;
    }

    @Override
    Inode self() {
      return this;
    }

    @Override
    long size() {
      return target.length();
    }
  }
}
