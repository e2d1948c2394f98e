package dev.nommu.tck.fs;

import dev.nommu.api.ConcurrentlyReadableFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MountRequest;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFile;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Owner;
import dev.nommu.api.ReadableFile;
import dev.nommu.api.WritableFile;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** File systems whose files do one thing wrong each. */
final class WrongContents {
  private WrongContents() {}

  /** Makes a file. */
  interface Files {
    HeapFile make(HeapTree tree, NewInode what);
  }

  /** Returns a file system with other files. */
  static HeapTree of(MountRequest request, Files files) {
    return new HeapTree(request) {
      @Override
      HeapFile file(NewInode what) {
        return files.make(this, what);
      }
    };
  }

  static final class OneNumber extends HeapFile {
    OneNumber(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public long number() {
      return 1_000_000;
    }
  }

  static final class LosingBytes extends HeapFile {
    LosingBytes(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    long read(MemorySegment into, long position) {
      return links == 0 ? 0 : super.read(into, position);
    }
  }

  static final class Leaking extends HeapFile {
    Leaking(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public OpenFile open(OpenFlags flags) throws ErrnoException {
      tree.request.pages().allocatePage();
      return super.open(flags);
    }
  }

  static final class Unclosable extends HeapFile {
    Unclosable(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public OpenFile open(OpenFlags flags) {
      return new Unclosed(this);
    }
  }

  /** A file that is open for ever. */
  private record Unclosed(HeapFile file) implements ReadableFile, WritableFile {
    @Override
    public long read(MemorySegment into, long position) {
      return file.read(into, position);
    }

    @Override
    public long write(MemorySegment from, long position) {
      return file.write(from, position);
    }

    @Override
    public void close() {
      throw new IllegalStateException("close");
    }
  }

  static final class RoundingSizes extends HeapFile {
    RoundingSizes(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    long size() {
      return (super.size() + 511) & -512;
    }
  }

  static final class OverwritingTheStart extends HeapFile {
    OverwritingTheStart(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    long write(MemorySegment from, long position) {
      return super.write(from, position % 4096 == 997 ? 0 : position);
    }
  }

  static final class DirtyGaps extends HeapFile {
    DirtyGaps(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    long write(MemorySegment from, long position) {
      int end = content.length;
      long written = super.write(from, position);
      if (position > end) {
        Arrays.fill(content, end, (int) position, (byte) 0xff);
      }
      return written;
    }
  }

  static final class KeepingWhatIsCut extends HeapFile {
    private byte[] former = {};

    KeepingWhatIsCut(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void truncate(long size) throws ErrnoException {
      int kept = content.length;
      if (size < kept) {
        former = content;
      }
      super.truncate(size);
      if (size > kept) {
        System.arraycopy(former, kept, content, kept, (int) Math.min(size, former.length) - kept);
      }
    }
  }

  /** Clears what it is about to write, and lets a reader in before it does. */
  static final class ClearingFirst extends HeapFile {
    private final Semaphore reads = new Semaphore(0);

    ClearingFirst(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public OpenFile open(OpenFlags flags) {
      return new Open(this);
    }

    @Override
    long write(MemorySegment from, long position) {
      if (position < content.length) {
        super.write(MemorySegment.ofArray(new byte[(int) from.byteSize()]), position);
        letReadersIn();
      }
      return super.write(from, position);
    }

    private void letReadersIn() {
      try {
        reads.drainPermits();
        reads.tryAcquire(2, 1, TimeUnit.SECONDS);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }

    record Open(ClearingFirst file) implements ConcurrentlyReadableFile, WritableFile {
      @Override
      public long read(MemorySegment into, long position) {
        long count = file.read(into, position);
        file.reads.release();
        return count;
      }

      @Override
      public long write(MemorySegment from, long position) {
        return file.write(from, position);
      }
    }
  }

  static final class ForgettingModes extends HeapFile {
    ForgettingModes(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void chmod(int given) {}
  }

  static final class ForgettingGroups extends HeapFile {
    ForgettingGroups(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void chown(Owner given, int mode) {
      super.chown(new Owner(given.uid(), 0), mode);
    }
  }

  static final class RoundingTimesUp extends HeapFile {
    RoundingTimesUp(HeapTree tree, NewInode what) {
      super(tree, what);
    }

    @Override
    public void setTimes(Instant read, Instant changed) {
      super.setTimes(read, Instant.ofEpochSecond(changed.getEpochSecond() + 1));
    }
  }
}
