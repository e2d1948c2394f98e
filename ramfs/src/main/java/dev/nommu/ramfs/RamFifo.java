package dev.nommu.ramfs;

import dev.nommu.api.Fifo;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;

/** A named pipe. */
final class RamFifo extends RamInode implements Fifo {

  RamFifo(RamFileSystem fileSystem, NewInode description) {
    super(fileSystem, description);
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
