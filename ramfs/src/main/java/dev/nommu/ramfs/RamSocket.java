package dev.nommu.ramfs;

import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.Socket;

/** A socket: a name that programs bind. */
final class RamSocket extends RamInode implements Socket {

  RamSocket(RamFileSystem fileSystem, NewInode description) {
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
