package dev.nommu.tck.fs;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.SeekableDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** File systems whose directories do one thing wrong each. */
final class WrongTrees {
  private WrongTrees() {}

  /** Makes a directory. */
  interface Folders {
    HeapFolder make(HeapTree tree, NewInode what);
  }

  /** Returns a file system with other directories. */
  static HeapTree of(MountRequest request, Folders folders) {
    return new HeapTree(request) {
      @Override
      HeapFolder folder(NewInode what) {
        return folders.make(this, what);
      }
    };
  }

  static final class HidingNames extends HeapFolder {
    HidingNames(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public Optional<Inode> lookup(String name) throws ErrnoException {
      return name.equals("link") ? Optional.empty() : super.lookup(name);
    }
  }

  static final class OtherNumbers extends HeapFolder {
    OtherNumbers(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public List<DirectoryEntry> entries() {
      return super.entries().stream()
          .map(each -> DirectoryEntry.of(each.name(), each.inode() + 1, each.kind()))
          .toList();
    }
  }

  static final class OtherKinds extends HeapFolder {
    OtherKinds(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public List<DirectoryEntry> entries() {
      return super.entries().stream()
          .map(each ->
              each.kind() == FileKind.SYMBOLIC_LINK
                  ? DirectoryEntry.of(each.name(), each.inode(), FileKind.REGULAR)
                  : each)
          .toList();
    }
  }

  static final class ListingTwice extends HeapFolder {
    ListingTwice(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public List<DirectoryEntry> entries() {
      List<DirectoryEntry> all = new ArrayList<>(super.entries());
      all.stream().filter(each -> each.name().equals("link")).findFirst().ifPresent(all::add);
      return all;
    }
  }

  static final class ThrowingForAbsence extends HeapFolder {
    ThrowingForAbsence(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public Optional<Inode> lookup(String name) throws ErrnoException {
      Optional<Inode> found = super.lookup(name);
      if (found.isEmpty() && name.startsWith("-")) {
        throw new ErrnoException(Errno.ENOENT, name);
      }
      return found;
    }
  }

  /** Its positions are counts, so that what is behind a name that goes moves up. */
  static final class CountingPositions extends HeapFolder implements SeekableDirectory {
    CountingPositions(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public List<DirectoryEntry> entries(long position, int limit) {
      List<DirectoryEntry> all = entries();
      return IntStream.range((int) Math.min(position, all.size()), all.size())
          .limit(limit)
          .mapToObj(at -> all.get(at).withNext(at + 1L))
          .toList();
    }
  }

  /** Behind every fourth name it goes on with that name. */
  static final class RepeatingPositions extends HeapFolder implements SeekableDirectory {
    RepeatingPositions(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public List<DirectoryEntry> entries(long position, int limit) {
      List<DirectoryEntry> all = entries();
      return IntStream.range((int) Math.min(position, all.size()), all.size())
          .limit(limit)
          .mapToObj(at -> all.get(at).withNext(at % 4 == 3 ? at : at + 1L))
          .toList();
    }
  }

  static final class ForgettingToAdd extends HeapFolder {
    ForgettingToAdd(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public List<DirectoryEntry> entries() {
      return super.entries().stream().filter(each -> !each.name().equals("file-00")).toList();
    }
  }

  static final class ForgettingToRemove extends HeapFolder {
    ForgettingToRemove(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void rmdir(String name) throws ErrnoException {
      requireEmpty(children.get(name));
    }
  }

  static final class CopyingAtRename extends HeapFolder {
    CopyingAtRename(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void rename(String name, Directory target, String newName) throws ErrnoException {
      HeapInode moved = children.get(name);
      super.rename(name, target, newName);
      if (moved != null && target != this) {
        children.put(name, moved);
      }
    }
  }

  static final class NotReplacing extends HeapFolder {
    NotReplacing(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void rename(String name, Directory target, String newName) throws ErrnoException {
      if (((HeapFolder) target).children.get(newName) instanceof HeapFile) {
        unlink(name);
      } else {
        super.rename(name, target, newName);
      }
    }
  }

  static final class NotCounting extends HeapFolder {
    NotCounting(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void link(String name, Inode inode) {
      children.put(name, (HeapInode) inode);
    }
  }

  static final class NotLooking extends HeapFolder {
    NotLooking(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    void requireEmpty(@Nullable HeapInode child) {}
  }
}
