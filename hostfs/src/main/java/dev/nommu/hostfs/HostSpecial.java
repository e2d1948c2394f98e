package dev.nommu.hostfs;

import dev.nommu.api.Inode;
import dev.nommu.api.Socket;

/**
 * A device, pipe or socket of the host. It is visible but cannot be opened (ENXIO): the kernel
 * treats it as a socket.
 */
final class HostSpecial extends HostInode implements Socket {

  HostSpecial(HostFileSystem fileSystem, long number, Position position, HostAttributes seen) {
    super(fileSystem, number, position, seen);
  }

  @Override
  Inode self() {
    return this;
  }
}
