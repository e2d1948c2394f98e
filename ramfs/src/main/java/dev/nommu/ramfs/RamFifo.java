package dev.nommu.ramfs;

import dev.nommu.api.Fifo;
import dev.nommu.api.Inode;

/** A named pipe. */
final class RamFifo extends RamInode implements Fifo {

  RamFifo(RamFileSystem fileSystem, int permissions) {
    super(fileSystem, permissions);
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
