package dev.nommu.tck.fs;

import dev.nommu.api.Directory;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import java.util.concurrent.atomic.AtomicLong;

/** A file system on the heap that does everything right, and of which a wrong one is made. */
class HeapTree implements FileSystem {
  private static final int BLOCKS = 1000;

  final MountRequest request;
  final AtomicLong inUse = new AtomicLong();
  final AtomicLong lastNumber = new AtomicLong();
  private final HeapFolder root;

  HeapTree(MountRequest request) {
    this.request = request;
    this.root = folder(NewInode.directory(0755));
  }

  HeapFolder folder(NewInode what) {
    return new HeapFolder(this, what);
  }

  HeapFile file(NewInode what) {
    return new HeapFile(this, what);
  }

  HeapInode.Link link(NewInode.SymbolicLink what) {
    return new HeapInode.Link(this, what);
  }

  final HeapInode make(NewInode what) throws ErrnoException {
    inUse.incrementAndGet();
    return switch (what) {
      case NewInode.RegularFile file -> file(file);
      case NewInode.Directory directory -> folder(directory);
      case NewInode.SymbolicLink link -> link(link);
      default -> throw new ErrnoException(Errno.EPERM, "no such files here");
    };
  }

  long nextNumber() {
    return lastNumber.incrementAndGet();
  }

  @Override
  public Directory root() {
    return root;
  }

  @Override
  public Statistics statistics() {
    return Statistics.builder(0x68656170).blocks(BLOCKS, BLOCKS - inUse.get()).build();
  }
}
