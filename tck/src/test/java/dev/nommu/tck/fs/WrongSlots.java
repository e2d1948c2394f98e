package dev.nommu.tck.fs;

import dev.nommu.api.AllocatableFile;
import dev.nommu.api.AllocationFlag;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FlaggedInode;
import dev.nommu.api.InodeFlag;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;

/** File systems whose files have every slot, of which one is wrong. */
final class WrongSlots {
  private WrongSlots() {}

  /** Returns a file system with other files. */
  static HeapTree of(MountRequest request, WrongContents.Files files) {
    return new HeapTree(request) {
      @Override
      HeapFile file(NewInode what) {
        return files.make(this, what);
      }

      @Override
      HeapFolder folder(NewInode what) {
        return new Folder(this, what);
      }
    };
  }

  /** Makes files without a name. */
  static class Folder extends HeapFolder {
    Folder(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public RegularFile tmpfile(NewInode what) throws ErrnoException {
      return (RegularFile) tree.file(what);
    }
  }

  /** A file with all slots, which are right. */
  static class Slotted extends HeapFile implements FlaggedInode {
    private Set<InodeFlag> flags = Set.of();

    Slotted(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public OpenFile open(OpenFlags flags) {
      return new Open(this);
    }

    @Override
    public Set<InodeFlag> flags() {
      return flags;
    }

    @Override
    public void setFlags(Set<InodeFlag> given) {
      flags = given;
    }

    void fsync() {}

    long seek(long position, long offset, Whence whence) throws ErrnoException {
      boolean isBehind = whence.compareTo(Whence.DATA) >= 0 && offset >= size();
      if (isBehind) {
        throw new ErrnoException(Errno.ENXIO, "behind the end");
      }
      return switch (whence) {
        case DATA -> offset;
        case HOLE -> size();
        default -> SeekableFile.within(size(), position, offset, whence);
      };
    }

    void allocate(Set<AllocationFlag> how, long offset, long length) throws ErrnoException {
      if (how.isEmpty()) {
        content = Arrays.copyOf(content, (int) Math.max(size(), offset + length));
      } else if (how.contains(AllocationFlag.PUNCH_HOLE)) {
        Arrays.fill(content, (int) offset, (int) (offset + length), (byte) 0);
      } else {
        throw new ErrnoException(Errno.EOPNOTSUPP, "allocate " + how);
      }
    }

    /**
     * A file that is open.
     *
     * @param file which
     */
    record Open(Slotted file)
        implements ReadableFile, WritableFile, SeekableFile, Syncable, AllocatableFile {
      @Override
      public long read(MemorySegment into, long position) {
        return file.read(into, position);
      }

      @Override
      public long write(MemorySegment from, long position) {
        return file.write(from, position);
      }

      @Override
      public long seek(long position, long offset, Whence whence) throws ErrnoException {
        return file.seek(position, offset, whence);
      }

      @Override
      public void fsync() {
        file.fsync();
      }

      @Override
      public void allocate(Set<AllocationFlag> flags, long offset, long length)
          throws ErrnoException {
        file.allocate(flags, offset, length);
      }
    }
  }

  static final class CountingFromTheStart extends Slotted {
    CountingFromTheStart(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    long seek(long position, long offset, Whence whence) throws ErrnoException {
      return whence == Whence.CURRENT && offset > 0 ? offset : super.seek(position, offset, whence);
    }
  }

  static final class SeeingHoles extends Slotted {
    SeeingHoles(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    long seek(long position, long offset, Whence whence) throws ErrnoException {
      return whence == Whence.HOLE ? offset : super.seek(position, offset, whence);
    }
  }

  static final class SpoiltBySync extends Slotted {
    SpoiltBySync(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    void fsync() {
      Arrays.fill(content, 0, content.length / 2, (byte) 0);
    }
  }

  static final class NotGrowing extends Slotted {
    NotGrowing(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    void allocate(Set<AllocationFlag> how, long offset, long length) throws ErrnoException {
      if (!how.isEmpty()) {
        super.allocate(how, offset, length);
      }
    }
  }

  static final class PunchingTooMuch extends Slotted {
    PunchingTooMuch(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    void allocate(Set<AllocationFlag> how, long offset, long length) throws ErrnoException {
      super.allocate(how, offset, how.isEmpty() ? length : length + 1);
    }
  }

  static final class SpoiltBeforeItFails extends Slotted {
    SpoiltBeforeItFails(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    void allocate(Set<AllocationFlag> how, long offset, long length) throws ErrnoException {
      if (how.contains(AllocationFlag.ZERO_RANGE)) {
        content[(int) offset] = 0;
      }
      super.allocate(how, offset, length);
    }
  }

  static final class ForgettingFlags extends Slotted {
    ForgettingFlags(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void setFlags(Set<InodeFlag> given) {}
  }

  /** Lists files that have no name. */
  static final class NamingAll extends Folder {
    NamingAll(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public RegularFile tmpfile(NewInode what) throws ErrnoException {
      HeapInode made = tree.make(what);
      put("#" + made.number(), made);
      return (RegularFile) made.self();
    }
  }

  /** Has room for files without a name, which does not come back. */
  static final class KeepingRoom extends Folder {
    KeepingRoom(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public RegularFile tmpfile(NewInode what) throws ErrnoException {
      return (RegularFile) tree.make(what).self();
    }
  }
}
