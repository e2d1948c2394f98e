package dev.nommu.kernel.testing;

import dev.nommu.api.AllocatableFile;
import dev.nommu.api.AllocationFlag;
import dev.nommu.api.Attributes;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.Inode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.RegularFile;
import dev.nommu.api.SeekableFile;
import dev.nommu.api.Syncable;
import dev.nommu.api.Whence;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file system with two files of 100 bytes that can be written: {@code bare} has no other slots,
 * {@code slotted} has those of seek, fsync and fallocate and tells what it is asked.
 */
public final class SlottedFileSystem extends SingleDirectory {
  /** The size of both files. */
  public static final int SIZE = 100;

  /** The largest size that they can have. */
  public static final int LARGEST = 1000;

  /** What {@code slotted} was asked. */
  public final List<String> calls = new ArrayList<>();

  /** What {@code slotted} answers when it is asked for a position. */
  public long seeks = 42;

  /** Creates the type, which is its only file system. */
  public SlottedFileSystem() {
    super("slotted");
  }

  @Override
  public Optional<Inode> lookup(String child) {
    return switch (child) {
      case "bare" -> Optional.of(new File(2, new Bare()));
      case "slotted" -> Optional.of(new File(3, new Slotted()));
      default -> Optional.empty();
    };
  }

  @Override
  public List<DirectoryEntry> entries() {
    return List.of(
        DirectoryEntry.of("bare", 2, FileKind.REGULAR),
        DirectoryEntry.of("slotted", 3, FileKind.REGULAR));
  }

  private record File(long number, OpenFile opened) implements RegularFile {
    @Override
    public Attributes attributes() {
      return Attributes.builder(0644).size(SIZE).build();
    }

    @Override
    public OpenFile open(OpenFlags flags) {
      return opened;
    }

    @Override
    public void truncate(long size) {}

    @Override
    public long largestSize() {
      return LARGEST;
    }
  }

  private class Bare implements WritableFile {
    @Override
    public long write(MemorySegment from, long position) {
      calls.add("write " + from.byteSize() + " at " + position);
      return from.byteSize();
    }
  }

  private final class Slotted extends Bare implements SeekableFile, Syncable, AllocatableFile {
    @Override
    public long seek(long position, long offset, Whence whence) {
      calls.add("seek %d %d %s".formatted(position, offset, whence));
      return seeks;
    }

    @Override
    public void fsync() throws ErrnoException {
      calls.add("fsync");
    }

    @Override
    public void allocate(Set<AllocationFlag> flags, long offset, long length) {
      calls.add("allocate %s %d %d".formatted(flags, offset, length));
    }
  }
}
