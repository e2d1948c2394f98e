package dev.nommu.ramfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.FlaggedInode;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A regular file. Its pages are freed when its last name is removed and it is not open any more;
 * from then on it cannot be opened or resized.
 */
final class RamFile extends RamInode implements RegularFile, FlaggedInode {
  private final FileMemory memory;

  /** Neither named nor open yet. */
  private static final int FRESH = -1;

  /** The number of its names plus its open files; reaches 0 only once. */
  private final AtomicInteger users = new AtomicInteger(FRESH);

  RamFile(RamFileSystem fileSystem, NewInode description) {
    super(fileSystem, description);
    this.memory = fileSystem.memory(number());
  }

  private static int oneMore(int users) {
    return users == FRESH ? 1 : users + 1;
  }

  /**
   * Opens the file; the kernel enforces the access mode.
   *
   * @throws ErrnoException ENOENT if it was removed and its pages are gone
   */
  @Override
  public OpenFile open(OpenFlags flags) throws ErrnoException {
    if (users.getAndUpdate(count -> count == 0 ? 0 : oneMore(count)) == 0) {
      throw removed("open");
    }
    return new RamOpenFile(this);
  }

  @Override
  public void truncate(long size) throws ErrnoException {
    memory.truncate(size);
    touch();
  }

  /** Called when an open file of this inode is closed. */
  void closed() {
    letGo();
  }

  private void letGo() {
    if (users.decrementAndGet() == 0) {
      release();
    }
  }

  /** Frees the pages, even if the file is in use. */
  void release() {
    memory.release();
  }

  FileMemory memory() {
    return memory;
  }

  @Override
  void named(RamDirectory parent) {
    super.named(parent);
    users.updateAndGet(RamFile::oneMore);
  }

  @Override
  void unnamed(RamDirectory parent) {
    super.unnamed(parent);
    letGo();
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
