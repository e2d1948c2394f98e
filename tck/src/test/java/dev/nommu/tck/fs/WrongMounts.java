package dev.nommu.tck.fs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** File systems that are wrong as a whole. */
final class WrongMounts {
  private static final AtomicLong MOUNTS = new AtomicLong();

  private WrongMounts() {}

  static final class MoreFreeThanThere extends HeapTree {
    MoreFreeThanThere(MountRequest request) {
      super(request);
    }

    @Override
    public Statistics statistics() {
      return Statistics.builder(1).blocks(10, 11).build();
    }
  }

  static final class NotFreeing extends HeapTree {
    NotFreeing(MountRequest request) {
      super(request);
    }

    @Override
    public Statistics statistics() {
      return Statistics.builder(1).blocks(1000, 1000 - lastNumber.get()).build();
    }
  }

  /** What closing throws is a fault of the plugin's. */
  static final class ThrowingAtClose extends HeapTree {
    ThrowingAtClose(MountRequest request) {
      super(request);
    }

    @Override
    public void close() {
      throw new IllegalStateException("closed in the wrong way");
    }
  }

  static FileSystem growing(MountRequest request) throws ErrnoException {
    HeapTree tree = new HeapTree(request);
    tree.root().create("mount-" + MOUNTS.incrementAndGet(), NewInode.regularFile(0644));
    return tree;
  }

  static FileSystem onlyWritable(MountRequest request) throws ErrnoException {
    HeapTree tree = new HeapTree(request);
    if (request.access() == AccessMode.READ) {
      tree.root().create("read-only", NewInode.regularFile(0644));
    }
    return tree;
  }

  /** Clears all file systems of the type when one of them goes. */
  static final class ClearingAll implements HeapType.Maker {
    private final List<HeapTree> trees = new ArrayList<>();

    @Override
    public FileSystem make(MountRequest request) {
      HeapTree tree =
          new HeapTree(request) {
            @Override
            public void close() {
              trees.forEach(each -> ((HeapFolder) each.root()).children.clear());
            }
          };
      trees.add(tree);
      return tree;
    }
  }

  /** Throws something other than an errno for an option that it does not know. */
  static final class ThrowingForOptions implements FileSystemType {
    @Override
    public String name() {
      return "heap";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public boolean knowsOption(String name) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      return new HeapTree(request);
    }
  }

  /** Refuses a bad option with the wrong error. */
  static final class OtherError implements FileSystemType {
    @Override
    public String name() {
      return "heap";
    }

    @Override
    public Source source() {
      return Source.NODEV;
    }

    @Override
    public boolean knowsOption(String name) {
      return true;
    }

    @Override
    public FileSystem mount(MountRequest request) throws ErrnoException {
      if (!request.options().isEmpty()) {
        throw new ErrnoException(Errno.ENODEV, "what is " + request.options());
      }
      return new HeapTree(request);
    }
  }
}
