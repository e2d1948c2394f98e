package dev.nommu.kernel.mm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.nommu.api.AddressRange;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.mmap.MemoryMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of one process, as {@code struct mm_struct}. Its monitor is held only while they are
 * changed and never while a plugin is called, so that a file of /proc can be generated while a call
 * of the process waits for that file.
 */
public final class AddressSpace implements MemoryMap {
  private static final long ONE_USER = 1L << Integer.SIZE;
  private static final long ONE_CALL = 1;

  @GuardedBy("this")
  private final IntervalTree<Vma> vmas = new IntervalTree<>();

  @GuardedBy("this")
  private long startBrk;

  @GuardedBy("this")
  private long endBrk;

  @GuardedBy("this")
  private long brk;

  private volatile @Nullable ProcessImage executed;

  /** Processes that use it, in the upper half, and calls that hold it, in the lower half. */
  private final AtomicLong holders = new AtomicLong(ONE_USER);

  /**
   * Creates an address space without mappings.
   *
   * @param startBrk the start of the heap
   * @param endBrk the highest value of the break; {@code startBrk} for an empty heap
   */
  public AddressSpace(long startBrk, long endBrk) {
    this.startBrk = startBrk;
    this.endBrk = endBrk;
    this.brk = startBrk;
  }

  /** Sets the executed image, and with it the location of the heap (rule BRK-02). */
  public synchronized void executed(ProcessImage what) {
    executed = what;
    startBrk = what.image().startBrk();
    endBrk = what.image().endBrk();
    brk = startBrk;
  }

  /** Returns the executed image, or empty if there was none. */
  public Optional<ProcessImage> executed() {
    return Optional.ofNullable(executed);
  }

  @Override
  public Optional<LoadedImage> image() {
    return executed().map(ProcessImage::image);
  }

  /**
   * Sets the end of the heap if it is between the bounds; allocates nothing (rule BRK-01).
   *
   * @return the end of the heap afterwards
   */
  public synchronized long brk(long wanted) {
    if (wanted >= startBrk && wanted <= endBrk) {
      brk = wanted;
    }
    return brk;
  }

  /**
   * Adds a process that uses this address space, as with CLONE_VM.
   *
   * @throws ErrnoException ESRCH if no process uses it any longer
   */
  public void share() throws ErrnoException {
    join(ONE_USER);
  }

  /**
   * Holds the mappings until {@link #release}, for a call that changes them while its process may
   * be killed.
   *
   * @throws ErrnoException ESRCH if no process uses the address space any longer
   */
  public void hold() throws ErrnoException {
    join(ONE_CALL);
  }

  private void join(long holder) throws ErrnoException {
    long before = holders.getAndUpdate(held -> held < ONE_USER ? held : held + holder);
    if (before < ONE_USER) {
      throw new ErrnoException(Errno.ESRCH, "the process that had this memory map has ended");
    }
  }

  /** Ends {@link #hold}; returns whether the mappings are now unused and must be removed. */
  public boolean release() {
    return holders.addAndGet(-ONE_CALL) == 0;
  }

  @Override
  public int users() {
    return (int) (holders.get() / ONE_USER);
  }

  /** Removes a process that used it; returns whether the mappings must be removed. */
  public boolean leave() {
    return holders.addAndGet(-ONE_USER) == 0;
  }

  @Override
  public synchronized List<Vma> mappings() {
    List<Vma> all = new ArrayList<>(vmas.size());
    vmas.forEach(all::add);
    return all;
  }

  /** Returns the text of /proc/PID/maps: one line per mapping by ascending start (PROC-02). */
  public String maps() {
    Optional<ProcessImage> program = executed();
    StringBuilder text = new StringBuilder();
    for (Vma vma : mappings()) {
      String line = program.map(ran -> MapsLine.of(vma, ran)).orElseGet(() -> MapsLine.of(vma));
      text.append(line).append('\n');
    }
    return text.toString();
  }

  @Override
  public synchronized int size() {
    return vmas.size();
  }

  @Override
  public synchronized Optional<Vma> find(long address) {
    return vmas.firstOverlapping(address, address + 1);
  }

  @Override
  public synchronized Optional<Vma> find(AddressRange range) {
    return vmas.firstOverlapping(range.start(), range.end());
  }

  @Override
  public synchronized List<Vma> mappingsAt(long address) {
    List<Vma> found = new ArrayList<>();
    vmas.overlapping(address, address + 1).forEach(found::add);
    return found;
  }

  synchronized void add(Vma vma) {
    vmas.add(vma);
  }

  /** Called under the monitor. */
  void remove(Vma vma) {
    held().remove(vma);
  }

  /** Removes all mappings; returns them by ascending start. */
  synchronized List<Vma> removeAll() {
    List<Vma> all = mappings();
    all.forEach(vmas::remove);
    return all;
  }

  /** Returns the first mapping that overlaps a range, or empty; called under the monitor. */
  Optional<Vma> firstOverlapping(long start, long end) {
    return held().firstOverlapping(start, end);
  }

  /** Returns this mapping and those after it; called under the monitor. */
  Iterable<Vma> from(Vma vma) {
    return held().from(vma);
  }

  /**
   * Returns the mapping with these bounds, else the first that overlaps them; called under the
   * monitor.
   */
  Optional<Vma> exactlyOrFirst(long start, long end) {
    Optional<Vma> first = held().firstOverlapping(start, end);
    boolean isFound = first.isEmpty() || hasBounds(first.get(), start, end);
    return isFound ? first : exactly(start, end).or(() -> first);
  }

  private static boolean hasBounds(Vma vma, long start, long end) {
    return vma.start() == start && vma.end() == end;
  }

  /** Returns the mapping with these bounds, or empty; called under the monitor. */
  Optional<Vma> exactly(long start, long end) {
    for (Vma vma : held().overlapping(start, end)) {
      if (hasBounds(vma, start, end)) {
        return Optional.of(vma);
      }
    }
    return Optional.empty();
  }

  /**
   * Changes the bounds of a mapping, and with them its place in the order; called under the
   * monitor.
   */
  void move(Vma vma, long newStart, long newEnd) {
    IntervalTree<Vma> all = held();
    all.remove(vma);
    vma.move(newStart, newEnd);
    all.add(vma);
  }

  /** Returns the mappings to a caller that holds the monitor, which Error Prone cannot verify. */
  @SuppressWarnings("GuardedBy")
  private IntervalTree<Vma> held() {
    assert Thread.holdsLock(this);
    return vmas;
  }
}
