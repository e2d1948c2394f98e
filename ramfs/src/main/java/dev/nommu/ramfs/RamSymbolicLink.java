package dev.nommu.ramfs;

import dev.nommu.api.FileNames;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.SymbolicLink;

/** A symbolic link. */
final class RamSymbolicLink extends RamInode implements SymbolicLink {
  private final String target;

  RamSymbolicLink(RamFileSystem fileSystem, NewInode.SymbolicLink link) {
    super(fileSystem, link);
    this.target = link.target();
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
    return FileNames.length(target);
  }
}
