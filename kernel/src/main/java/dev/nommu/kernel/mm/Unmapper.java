package dev.nommu.kernel.mm;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.api.VmOperations;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.plugin.PluginCall;
import dev.nommu.kernel.profile.Difference;
import java.util.Optional;

/** {@code munmap} and the end of an address space (section UNMAP). Thread-safe. */
public final class Unmapper {
  private final MappedPages pages;
  private final Profile profile;
  private final KernelLog log;

  /** Creates an unmapper for one machine. */
  public Unmapper(MappedPages pages, Profile profile, KernelLog log) {
    this.pages = pages;
    this.profile = profile;
    this.log = log;
  }

  /**
   * Removes a mapping, or a part of an anonymous one.
   *
   * @param start an address
   * @param length bytes, rounded up to pages
   * @throws ErrnoException EINVAL as rules UNMAP-01 to UNMAP-05 say
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
              .firstOverlapping(start, end)
              .orElseThrow(() -> unknown(caller, start, length));
      gone = take(caller.space(), first, start, end);
    }
    gone.ifPresent(vma -> leave(caller, vma));
  }

  /** Takes a range out of an address space; returns the mapping if it is gone as a whole. */
  private Optional<Vma> take(AddressSpace space, Vma first, long start, long end)
      throws ErrnoException {
    boolean whole = start == first.start() && end == first.end();
    if (!whole && first.file().isEmpty()) {
      cut(space, first, start, end);
      return Optional.empty();
    }
    Vma named = whole ? first : named(space, first, start, end);
    space.remove(named);
    return Optional.of(named);
  }

  private ErrnoException unknown(Caller caller, long start, long length) {
    log.print(
        "nommu: munmap of memory not mmapped by process %d (%s): 0x%x-0x%x"
            .formatted(caller.pid(), caller.name(), start, start + length - 1));
    return refused(Rule.UNMAP_02, start, length);
  }

  private static ErrnoException refused(Rule rule, long start, long length) {
    return new ErrnoException(
        Errno.EINVAL,
        "munmap of %s bytes at 0x%x: %s [%s]"
            .formatted(Long.toUnsignedString(length), start, rule.sentence(), rule.id()));
  }

  /** Returns the mapping of a file that the range names as a whole. */
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

  /** Divides an anonymous mapping; returns the upper part (rule UNMAP-07). */
  private static Vma split(AddressSpace space, Vma vma, long at) {
    Region lower = vma.region();
    Region upper = new Region(lower.kind(), Plan.Use.OWN, lower.flags(), null, at, lower.end());
    upper.top(lower.top());
    upper.offset(lower.offset() + (at - lower.start()));
    lower.cutTail(at);
    Vma above = new Vma(upper, vma.flags(), null, at, vma.end());
    space.move(vma, vma.start(), at);
    upper.addUser(above);
    space.add(above);
    return above;
  }

  /** Takes the head or the tail off an anonymous mapping (rule UNMAP-06). */
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
    caller.space().removeAll().forEach(vma -> leave(caller, vma));
  }

  private void leave(Caller caller, Vma vma) {
    Optional<FileHandle> file = vma.file();
    if (file.isEmpty()) {
      leave(vma);
      return;
    }
    leaveLocked(vma, file.get()).ifPresent(FileHandle::release);
    file.get().release();
    file.get().unmapped(caller);
  }

  /** Nothing is let go of with the lock held: who hears of it may ask for locks of its own. */
  private Optional<FileHandle> leaveLocked(Vma vma, FileHandle file) {
    file.lock().lock();
    try {
      return leave(vma);
    } finally {
      file.lock().unlock();
    }
  }

  /** Returns the file that the region kept open if the region is gone. */
  private Optional<FileHandle> leave(Vma vma) {
    Region region = vma.region();
    region.removeUser(vma);
    if (Difference.CLOSE_IS_CALLED_FOR_EACH_MAPPING.in(profile)) {
      vma.operations().ifPresent(told -> close(told, vma.range()));
    }
    if (!region.unused()) {
      return Optional.empty();
    }
    end(region);
    return region.file();
  }

  private void end(Region region) {
    if (region.shareable()) {
      region.file().ifPresent(file -> file.regions().remove(region));
    }
    if (!Difference.CLOSE_IS_CALLED_FOR_EACH_MAPPING.in(profile)) {
      AddressRange range = new AddressRange(region.start(), region.end() - region.start());
      region.operations().ifPresent(told -> close(told, range));
    }
    region.pin().ifPresent(pin -> pin.giveBack(log));
    if (region.kind() != Region.Kind.STORE) {
      pages.free(region.start(), region.top());
    }
  }

  /** The mapping is gone whatever the driver does: what it throws is only logged. */
  private void close(VmOperations told, AddressRange range) {
    try {
      PluginCall.tell(told, "close", () -> told.close(range));
    } catch (ErrnoException fault) {
      log.print("munmap of %s: %s".formatted(range, fault.getMessage()));
    }
  }
}
