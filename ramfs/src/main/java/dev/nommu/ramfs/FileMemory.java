package dev.nommu.ramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.MapRequest;
import dev.nommu.api.Page;
import dev.nommu.api.PageSource;
import dev.nommu.api.Placement;
import dev.nommu.api.Profile;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The contents of a regular file: its size and the pages it consists of. Pages that do not exist
 * are made, zeroed, when they are read.
 *
 * <p>Writing, sizing and placing come one at a time, as the kernel calls an inode's operations.
 * Reads, queries and the release of the pages after the last close may come at any time: the
 * monitor guards size and pages. A file in one piece is read and written over without it, see
 * {@link #whole}.
 *
 * <p>What a mapping stored behind the end of the file, in its last page, stays there and is part of
 * the file once the file grows over it; setting the size clears the page from the new end on.
 */
final class FileMemory {
  /** Where the last page of a file ends; behind it lies a hole for good. */
  static final long MAX_SIZE = PageRuns.MAX_PAGES << Page.SHIFT;

  private static final long MAX_GATHERED = (1L << 32) - 1;
  private static final long BLOCKS_IN_PAGE = Page.SIZE / 512;

  private final PageSource source;
  private final Profile profile;
  private final long inode;
  private final PageRuns runs = new PageRuns();
  private long size;
  private boolean released;

  /**
   * The bytes of the file while its pages follow each other in memory, else none. It is taken back
   * before a page of it is given back: whoever still finds it after reading from it has read from
   * the file's own pages.
   */
  private volatile Piece whole = Piece.NONE;

  /** Pages that follow each other, or none; one that was made again is another piece. */
  private static final class Piece {
    static final Piece NONE = new Piece(MemorySegment.NULL);

    final MemorySegment bytes;

    Piece(MemorySegment bytes) {
      this.bytes = bytes;
    }
  }

  /** Creates the empty contents of the inode with this number. */
  FileMemory(PageSource source, Profile profile, long inode) {
    this.source = source;
    this.profile = profile;
    this.inode = inode;
  }

  /** Returns the size in bytes. */
  synchronized long size() {
    return size;
  }

  /** Returns how much is allocated, in units of 512 bytes. */
  synchronized long blocks() {
    return runs.pages() * BLOCKS_IN_PAGE;
  }

  /**
   * Reads as {@link dev.nommu.api.ConcurrentlyReadableFile#read} says. Missing pages are allocated
   * one by one (rule MEMF-12); when memory runs out, what the pages there are hold is read.
   *
   * @throws ErrnoException ENOMEM if not a byte could be read
   */
  long read(MemorySegment into, long position) throws ErrnoException {
    Piece piece = whole;
    long count = Math.min(into.byteSize(), piece.bytes.byteSize() - position);
    if (count <= 0) {
      return readParts(into, position);
    }
    MemorySegment.copy(piece.bytes, position, into, 0, count);
    VarHandle.acquireFence();
    return piece == whole ? count : readAgain(into, position);
  }

  /** Reads after pages were given back from which something was read that must not be seen. */
  private long readAgain(MemorySegment into, long position) throws ErrnoException {
    into.fill((byte) 0);
    return readParts(into, position);
  }

  private synchronized long readParts(MemorySegment into, long position) throws ErrnoException {
    long wanted = Math.min(into.byteSize(), size - position);
    if (wanted <= 0) {
      return 0;
    }
    long length = released ? wanted : present(position, wanted);
    for (long done = 0; done < length; ) {
      done += readExtent(into.asSlice(done, length - done), position + done);
    }
    whole = inOnePiece();
    return length;
  }

  /** Fills holes that can be filled; returns how many bytes can be read, 1 or more. */
  private long present(long position, long wanted) throws ErrnoException {
    return position >= MAX_SIZE
        ? wanted
        : allocate(position, Math.min(wanted, MAX_SIZE - position));
  }

  private long readExtent(MemorySegment into, long position) {
    Extent extent = extentAt(position, into.byteSize());
    long length = Math.min(into.byteSize(), bytesLeft(extent, position));
    MemorySegment part = into.asSlice(0, length);
    switch (extent) {
      case Extent.Present present -> part.copyFrom(memory(present, position, length));
      case Extent.Hole _ -> part.fill((byte) 0);
    }
    return length;
  }

  /**
   * Writes as {@link dev.nommu.api.WritableFile#write} says. Missing pages are allocated one by one
   * (rule MEMF-11); when memory runs out, what fits in the pages there are is written.
   *
   * @throws ErrnoException EFBIG from {@link #MAX_SIZE} on; ENOMEM if not a byte could be written
   */
  long write(MemorySegment from, long position) throws ErrnoException {
    MemorySegment piece = whole.bytes;
    long length = from.byteSize();
    if (position > piece.byteSize() - length) {
      return writeParts(from, position);
    }
    MemorySegment.copy(from, 0, piece, position, length);
    return length;
  }

  private synchronized long writeParts(MemorySegment from, long position) throws ErrnoException {
    if (position >= MAX_SIZE) {
      throw new ErrnoException(
          Errno.EFBIG,
          "write to inode %d at %d: a file ends at %d".formatted(inode, position, MAX_SIZE));
    }
    long length = allocate(position, Math.min(from.byteSize(), MAX_SIZE - position));
    for (long done = 0; done < length; ) {
      done += writeExtent(from.asSlice(done, length - done), position + done);
    }
    size = Math.max(size, position + length);
    whole = inOnePiece();
    return length;
  }

  private long writeExtent(MemorySegment from, long position) {
    Extent extent = extentAt(position, from.byteSize());
    long length = Math.min(from.byteSize(), bytesLeft(extent, position));
    if (extent instanceof Extent.Present present) {
      memory(present, position, length).copyFrom(from.asSlice(0, length));
    }
    return length;
  }

  /** Fills holes from a position on; returns how many bytes from there have pages, 1 or more. */
  private long allocate(long position, long length) throws ErrnoException {
    long end = Page.count(position + length);
    long page = position >>> Page.SHIFT;
    try {
      while (page < end) {
        page += allocate(page, runs.at(page, end - page));
      }
    } catch (ErrnoException e) {
      long available = (page << Page.SHIFT) - position;
      if (available <= 0) {
        throw e;
      }
      return available;
    }
    return length;
  }

  private long allocate(long page, Extent extent) throws ErrnoException {
    return switch (extent) {
      case Extent.Present present -> present.pages();
      case Extent.Hole _ -> {
        runs.put(page, source.allocatePage(), 1);
        yield 1;
      }
    };
  }

  /**
   * Sets the size as {@link dev.nommu.api.RegularFile#truncate} says: growing an empty file gathers
   * pages (rules TRUNC-01 to TRUNC-03), growing another one leaves a hole (TRUNC-04), shrinking
   * gives pages back.
   *
   * @throws ErrnoException EFBIG if the size is to be gathered and 2^32 or more or longer than the
   *     longest run; ENOMEM; ENOENT if the file was removed
   */
  synchronized void truncate(long newSize) throws ErrnoException {
    if (released) {
      throw new ErrnoException(Errno.ENOENT, "truncate of inode " + inode + ": it was removed");
    }
    whole = Piece.NONE;
    try {
      resize(newSize);
    } finally {
      whole = inOnePiece();
    }
  }

  private void resize(long newSize) throws ErrnoException {
    if (size == 0 && newSize > 0) {
      gather(newSize);
    } else if (newSize != size) {
      runs.cut(Page.count(newSize), source);
      clearTail(newSize);
    }
    size = newSize;
  }

  private Piece inOnePiece() {
    long pages = Page.count(size);
    if (pages == 0) {
      return Piece.NONE;
    }
    return switch (runs.at(0, pages)) {
      case Extent.Present present when present.pages() == pages ->
          new Piece(source.memory(present.address(), size));
      case Extent.Present _, Extent.Hole _ -> Piece.NONE;
    };
  }

  private void gather(long newSize) throws ErrnoException {
    if (newSize > MAX_GATHERED) {
      throw tooBig(newSize, "at most " + MAX_GATHERED + " bytes are gathered");
    }
    long pages = Page.count(newSize);
    if (pages > source.maximumRun()) {
      throw tooBig(
          newSize,
          "it needs %d contiguous pages, the longest run has %d"
              .formatted(pages, source.maximumRun()));
    }
    runs.cut(0, source);
    runs.put(0, allocateRun(pages, newSize), pages);
  }

  /** Linux 6.12 leaves the new size behind where it finds no memory (rule TRUNC-02). */
  private long allocateRun(long pages, long newSize) throws ErrnoException {
    try {
      return source.allocateRun(pages);
    } catch (ErrnoException e) {
      if (profile == Profile.LINUX_6_12) {
        size = newSize;
      }
      throw new ErrnoException(
          e.errno(),
          "truncate of inode %d to %d: no run of %d contiguous pages"
              .formatted(inode, newSize, pages),
          e);
    }
  }

  private ErrnoException tooBig(long newSize, String limit) {
    return new ErrnoException(
        Errno.EFBIG, "truncate of inode %d to %d: %s".formatted(inode, newSize, limit));
  }

  /** Clears the page an end of file lies in from there on. */
  private void clearTail(long end) {
    long length = Page.align(end) - end;
    if (length > 0 && extentAt(end, length) instanceof Extent.Present present) {
      memory(present, end, length).fill((byte) 0);
    }
  }

  /**
   * Returns where the pages of a request lie, if all of them exist and are consecutive in memory
   * (rules MEMF-05 and MEMF-06), otherwise declined. There are none behind the file's last page.
   */
  synchronized Placement place(MapRequest request) {
    long first = request.offset() >>> Page.SHIFT;
    long pages = Page.count(request.length());
    return switch (runs.at(first, pages)) {
      case Extent.Present present when present.pages() == pages -> Placement.at(present.address());
      case Extent.Present _, Extent.Hole _ -> Placement.DECLINED;
    };
  }

  /** Gives all pages back, for good. */
  synchronized void release() {
    released = true;
    whole = Piece.NONE;
    runs.cut(0, source);
  }

  private Extent extentAt(long position, long length) {
    long page = position >>> Page.SHIFT;
    return runs.at(page, Page.count(position + length) - page);
  }

  private static long bytesLeft(Extent extent, long position) {
    return (extent.pages() << Page.SHIFT) - (position & (Page.SIZE - 1));
  }

  private MemorySegment memory(Extent.Present present, long position, long length) {
    return source.memory(present.address() + (position & (Page.SIZE - 1)), length);
  }
}
