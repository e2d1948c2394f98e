package dev.nommu.nio;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which pages a file in ramfs has, by the rules TRUNC-01 to TRUNC-06, TRUNC-09, MEMF-05, MEMF-06,
 * MEMF-11 and MEMF-12: what can be mapped follows from that. It knows nothing of bytes.
 */
final class FileModel {
  static final int PAGE = 4096;
  private static final int HOLE = -1;
  private static final int LONGEST_RUN = 1024;

  private final BuddyModel memory;

  /** By their place in the file. */
  private final List<Integer> pages = new ArrayList<>();

  private long size;

  /** How far parts that are mapped shared reach. */
  private final List<Long> ends = new ArrayList<>();

  /** Begins with an empty file. */
  FileModel(BuddyModel memory) {
    this.memory = memory;
  }

  long size() {
    return size;
  }

  static int pages(long bytes) {
    return (int) ((bytes + PAGE - 1) / PAGE);
  }

  private int page(int index) {
    return index < pages.size() ? pages.get(index) : HOLE;
  }

  /** Each page that is missing is allocated on its own. Returns whether there was memory. */
  private boolean fill(long from, long to) {
    for (int index = (int) (from / PAGE); index < pages(to); index++) {
      if (page(index) == HOLE) {
        OptionalInt found = memory.allocate(1);
        if (found.isEmpty()) {
          return false;
        }
        while (pages.size() <= index) {
          pages.add(HOLE);
        }
        pages.set(index, found.getAsInt());
      }
    }
    return true;
  }

  /** Returns whether a write succeeds, of which not too much is asked. */
  boolean write(long position, int length) {
    boolean done = length == 0 || fill(position, position + length);
    size = length == 0 ? size : Math.max(size, position + length);
    return done;
  }

  /** Reading a hole allocates its page (rule MEMF-12). */
  boolean read(long position, int length) {
    long end = Math.min(size, position + length);
    return end <= position || fill(position, end);
  }

  /** Returns whether the file may get this size. */
  boolean truncate(long newSize) {
    if (newSize == size) {
      return true;
    }
    if (newSize < size && ends.stream().anyMatch(end -> end > (newSize & -PAGE))) {
      return false;
    }
    if (size == 0) {
      return gather(newSize);
    }
    cut(pages(newSize));
    size = newSize;
    return true;
  }

  private boolean gather(long newSize) {
    int count = pages(newSize);
    if (count > LONGEST_RUN) {
      return false;
    }
    cut(0);
    OptionalInt first = memory.allocate(count);
    if (first.isEmpty()) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      pages.add(first.getAsInt() + i);
    }
    size = newSize;
    return true;
  }

  private void cut(int count) {
    while (pages.size() > count) {
      int last = pages.removeLast();
      if (last != HOLE) {
        memory.free(last, 1);
      }
    }
  }

  /** Returns whether a part can be mapped shared: all its pages are there and follow each other. */
  boolean isInOnePiece(long position, long length) {
    int first = (int) (position / PAGE);
    int last = pages(position + length) - 1;
    for (int index = first; index <= last; index++) {
      if (page(index) == HOLE || page(index) != page(first) + index - first) {
        return false;
      }
    }
    return true;
  }

  /** Says that a part is mapped shared until {@link #unmapped}; returns it. */
  long mapped(long position, long length) {
    long end = pages(position + length) * (long) PAGE;
    ends.add(end);
    return end;
  }

  /** Says that a part is mapped no more. */
  void unmapped(long end) {
    ends.remove(end);
  }

  /**
   * Says that a part is mapped as a copy.
   *
   * @return the first page of the copy, or empty if there was no memory for it
   */
  OptionalInt copied(long position, long length) {
    int first = (int) (position / PAGE);
    int count = pages(position + length) - first;
    OptionalInt copy = memory.allocate(count);
    if (copy.isPresent() && !read(first * (long) PAGE, count * PAGE)) {
      memory.free(copy.getAsInt(), count);
      return OptionalInt.empty();
    }
    return copy;
  }

  /** Says that a copy is mapped no more. */
  void copyGone(int page, long position, long length) {
    memory.free(page, pages(position + length) - (int) (position / PAGE));
  }
}
