package dev.nommu.kernel.mm;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code munmap} and the end of an address space (section UNMAP). Thread-safe. */
public final class Unmapper {
  private final MappedPages pages;
  private final KernelLog log;
  private final Sanitizer sanitizer;

  /**
   * Creates an unmapper for one machine.
   *
   * @param sanitizer is notified of each mapping to be removed, before its memory is freed
   */
  public Unmapper(MappedPages pages, KernelLog log, Sanitizer sanitizer) {
    this.pages = pages;
    this.log = log;
    this.sanitizer = sanitizer;
  }

  /**
   * Removes a mapping, or a part of an anonymous one.
   *
   * @param start an address
   * @param length in bytes, rounded up to pages
   * @throws ErrnoException EINVAL by rules UNMAP-01 to UNMAP-05
   */
  public void unmap(Caller caller, long start, long length) throws ErrnoException {
    long end = start + Page.align(length);
    if (Page.align(length) == 0) {
      throw refused(Rule.UNMAP_01, start, length);
    }
    if (Long.compareUnsigned(end, start) < 0) {
      throw unknown(caller, start, length);
    }
    Optional<Vma> gone;
    synchronized (caller.space()) {
      Vma first =
          caller
              .space()
              .exactlyOrFirst(start, end)
              .orElseThrow(() -> unknown(caller, start, length));
      gone = take(caller, first, start, end);
    }
    gone.ifPresent(vma -> leave(caller, vma));
  }

  /** Removes a range from an address space; returns the mapping if all of it was removed. */
  private Optional<Vma> take(Caller caller, Vma first, long start, long end) throws ErrnoException {
    boolean whole = start == first.start() && end == first.end();
    if (!whole && first.file().isEmpty()) {
      cut(caller.space(), first, start, end);
      sanitizer.unmapped(caller, start, end);
      return Optional.empty();
    }
    Vma named = whole ? first : named(caller.space(), first, start, end);
    caller.space().remove(named);
    return Optional.of(named);
  }

  private ErrnoException unknown(Caller caller, long start, long length) {
    log.print(
        "nommu: munmap of memory not mmapped by process %d (%s): 0x%x-0x%x"
            .formatted(caller.pid(), caller.name(), start, start + length - 1));
    return refused(Rule.UNMAP_02, start, length);
  }

  private static ErrnoException refused(Rule rule, long start, long length) {
    return rule.refusal(
        Errno.EINVAL,
        "munmap of %s bytes at 0x%x: %s"
            .formatted(Long.toUnsignedString(length), start, rule.sentence()));
  }

  /** Returns the mapping of a file that the range covers exactly. */
  private static Vma named(AddressSpace space, Vma first, long start, long end)
      throws ErrnoException {
    for (Vma vma : space.from(first)) {
      if (start > vma.start()) {
        break;
      }
      if (end == vma.end()) {
        return vma;
      }
    }
    throw refused(Rule.UNMAP_03, start, end - start);
  }

  private void cut(AddressSpace space, Vma vma, long start, long end) throws ErrnoException {
    boolean inside = start >= vma.start() && end <= vma.end();
    boolean aligned = Page.isAligned(start) && (end == vma.end() || Page.isAligned(end));
    if (!inside || !aligned) {
      throw refused(Rule.UNMAP_05, start, end - start);
    }
    Vma upper = start == vma.start() || end == vma.end() ? vma : split(space, vma, start);
    shrink(space, upper, start, end);
  }

  /** Splits an anonymous mapping; returns the upper part (rule UNMAP-07). */
  private Vma split(AddressSpace space, Vma vma, long at) {
    Vma above = new Vma(vma.region().split(at), vma.end());
    space.move(vma, vma.start(), at);
    above.region().addUser(above);
    space.add(above);
    sanitizer.divided(vma, above);
    return above;
  }

  /** Removes the head or the tail of an anonymous mapping (rule UNMAP-06). */
  private void shrink(AddressSpace space, Vma vma, long from, long to) {
    Region region = vma.region();
    if (from > vma.start()) {
      long top = region.top();
      space.move(vma, vma.start(), from);
      region.cutTail(from);
      pages.free(from, top);
    } else {
      space.move(vma, to, vma.end());
      region.cutHead(to);
      pages.free(from, to);
    }
  }

  /** Removes all mappings of the caller, as the end of a process does (rule UNMAP-13). */
  public void unmapAll(Caller caller) {
    leaveAll(caller, caller.space().removeAll().iterator());
  }

  /** A failing driver does not prevent the removal of the other mappings. */
  private void leaveAll(Caller caller, Iterator<Vma> gone) {
    while (gone.hasNext()) {
      try {
        leave(caller, gone.next());
      } catch (RuntimeException | Error thrown) {
        leaveAll(caller, gone);
        throw thrown;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // without a sanitizer there is nothing to call
  private void leave(Caller caller, Vma vma) {
    if (sanitizer != Sanitizer.OFF) {
      sanitizer.unmapped(caller, vma);
    }
    Optional<FileHandle> file = vma.file();
    if (file.isPresent()) {
      leave(caller, vma, file.get());
    } else {
      free(vma.region());
    }
  }

  /** The driver is notified after the mapping is gone, and cannot undo it. */
  private void leave(Caller caller, Vma vma, FileHandle file) {
    Optional<Region> gone = Optional.empty();
    file.lock().lock();
    try {
      gone = take(vma, file.regions());
      tell(vma, gone);
    } finally {
      file.lock().unlock();
      letGo(vma, file, gone);
      file.unmapped(caller);
    }
  }

  private void tell(Vma vma, Optional<Region> gone) {
    try {
      tell(vma.consented());
    } finally {
      gone.ifPresent(this::tell);
    }
  }

  private void tell(Region gone) {
    try {
      tell(gone.consented());
    } finally {
      Pin pin = gone.pin();
      if (pin != null) {
        pin.giveBack(log, sanitizer);
      }
    }
  }

  private void tell(@Nullable Consented consented) {
    if (consented != null) {
      consented.close(log);
    }
  }

  /** Removes a mapping from the records; returns its region if that is removed as well. */
  private Optional<Region> take(Vma vma, FileRegions regions) {
    Region region = vma.region();
    region.removeUser(vma);
    regions.unmapped(vma);
    if (!region.unused()) {
      return Optional.empty();
    }
    regions.remove(region);
    free(region);
    return Optional.of(region);
  }

  /** Releases files with no lock held, because callbacks may take their own locks. */
  private static void letGo(Vma vma, FileHandle file, Optional<Region> gone) {
    try {
      gone.flatMap(Region::file).ifPresent(FileHandle::release);
    } finally {
      if (vma.keepsFileOpen()) {
        file.release();
      }
    }
  }

  private void free(Region region) {
    if (region.kind() != RegionKind.STORE) {
      pages.free(region.start(), region.top());
    }
  }
}
