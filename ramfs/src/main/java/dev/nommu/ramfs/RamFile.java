package dev.nommu.ramfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.RegularFile;

/**
 * A regular file. Its pages are given back when its last name is gone and nobody has it open any
 * more; from then on it cannot be opened or sized again.
 */
final class RamFile extends RamInode implements RegularFile {
  private final FileMemory memory;
  private int openFiles;

  RamFile(RamFileSystem fileSystem, int permissions) {
    super(fileSystem, permissions);
    this.memory = fileSystem.memory(number());
  }

  /**
   * Opens the file; what it was opened for is for the kernel to watch.
   *
   * @throws ErrnoException ENOENT if it was removed and its pages are gone
   */
  @Override
  public OpenFile open(AccessMode mode) throws ErrnoException {
    synchronized (fileSystem()) {
      if (isUnused()) {
        throw removed("open");
      }
      openFiles++;
    }
    return new RamOpenFile(this);
  }

  @Override
  public void truncate(long size) throws ErrnoException {
    memory.truncate(size);
    touch();
  }

  /** Tells that one of the files opened from this inode was closed. */
  void closed() {
    synchronized (fileSystem()) {
      openFiles--;
      releaseIfUnused();
    }
  }

  /** Gives the pages back, whoever uses the file. */
  void release() {
    memory.release();
  }

  FileMemory memory() {
    return memory;
  }

  @Override
  void unnamed(RamDirectory parent) {
    super.unnamed(parent);
    releaseIfUnused();
  }

  private void releaseIfUnused() {
    if (isUnused()) {
      release();
    }
  }

  private boolean isUnused() {
    return openFiles == 0 && isUnnamed();
  }

  @Override
  Inode self() {
    return this;
  }

  @Override
  long size() {
    return memory.size();
  }

  @Override
  long blocks() {
    return memory.blocks();
  }
}
