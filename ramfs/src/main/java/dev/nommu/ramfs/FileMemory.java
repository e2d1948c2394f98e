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
 * The contents of a regular file: its size and its pages. Pages that do not exist are allocated,
 * zeroed, when they are read.
 *
 * <p>Writes, size changes and placements are called one at a time, as all operations of an inode.
 * Reads, queries and the release of the pages after the last close may be called at any time: the
 * monitor guards size and pages. A file in one piece is read and overwritten without it, see {@link
 * #whole}.
 *
 * <p>Data that a mapping stored past the end of the file, in its last page, stays there and becomes
 * part of the file when the file grows over it; setting the size clears the page from the new end
 * on.
 */
final class FileMemory {
  /** The end of the last possible page of a file; past it is always a hole. */
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
   * The bytes of the file while its pages are consecutive in memory, otherwise none. It is cleared
   * before a page of it is freed: a reader that still finds it after reading has read from the
   * file's own pages.
   */
  private volatile Piece whole = Piece.NONE;

  /** Consecutive pages, or none; compared by identity, so a new piece never equals an old one. */
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

  /** Returns the allocated size in units of 512 bytes. */
  synchronized long blocks() {
    return runs.pages() * BLOCKS_IN_PAGE;
  }

  /**
   * Reads as specified by {@link dev.nommu.api.ConcurrentlyReadableFile#read}. Missing pages are
   * allocated one by one (rule MEMF-12); if memory runs out, the bytes of the existing pages are
   * read.
   *
   * @throws ErrnoException ENOMEM if no byte could be read
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

  /** Reads again after the pages read from were freed, whose bytes must not be returned. */
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

  /** Fills holes as far as possible; returns the number of bytes that can be read, 1 or more. */
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
   * Writes as specified by {@link dev.nommu.api.WritableFile#write}. Missing pages are allocated
   * one by one (rule MEMF-11); if memory runs out, the bytes that fit in the existing pages are
   * written.
   *
   * @throws ErrnoException EFBIG from {@link #MAX_SIZE} on; ENOMEM if no byte could be written
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
          "write to inode %d at %d: the largest file ends at %d"
              .formatted(inode, position, MAX_SIZE));
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

  /**
   * Fills holes from a position on; returns the number of bytes from there with pages, 1 or more.
   */
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
   * Sets the size as specified by {@link dev.nommu.api.RegularFile#truncate}: growing an empty file
   * allocates contiguous pages (rules TRUNC-01 to TRUNC-03), growing any other leaves a hole
   * (TRUNC-04), shrinking frees pages.
   *
   * @throws ErrnoException EFBIG if a contiguous size is 2^32 or more or larger than the longest
   *     run; ENOMEM; ENOENT if the file was removed
   */
  synchronized void truncate(long newSize) throws ErrnoException {
    if (released) {
      throw new ErrnoException(
          Errno.ENOENT, "truncate of inode " + inode + ": the file was removed");
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
      throw tooBig(newSize, "at most " + MAX_GATHERED + " contiguous bytes");
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

  /** Linux 6.12 leaves the new size set if it finds no memory (rule TRUNC-02). */
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

  /** Clears the page that contains an end of file, from that end on. */
  private void clearTail(long end) {
    long length = Page.align(end) - end;
    if (length > 0 && extentAt(end, length) instanceof Extent.Present present) {
      memory(present, end, length).fill((byte) 0);
    }
  }

  /**
   * Returns the address of the pages of a request if they all exist and are consecutive in memory
   * (rules MEMF-05 and MEMF-06), otherwise declined. There are none past the file's last page.
   */
  synchronized Placement place(MapRequest request) {
    long first = request.offset() >>> Page.SHIFT;
    long pages = Page.count(request.length());
    return switch (runs.at(first, pages)) {
      case Extent.Present present when present.pages() == pages -> Placement.at(present.address());
      case Extent.Present _, Extent.Hole _ -> Placement.DECLINED;
    };
  }

  /** Frees all pages permanently. */
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
