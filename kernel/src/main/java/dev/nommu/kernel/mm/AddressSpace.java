package dev.nommu.kernel.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mappings of one process, as {@code struct mm_struct}. Its monitor guards it and is held
 * during every call that changes it.
 */
public final class AddressSpace {
  private final IntervalTree<Vma> vmas = new IntervalTree<>();
  private final long startBrk;
  private final long endBrk;
  private long brk;
  private int users = 1;

  /**
   * Creates an address space without mappings.
   *
   * @param startBrk where the heap begins
   * @param endBrk the highest value of the break; {@code startBrk} for a heap of no size
   */
  public AddressSpace(long startBrk, long endBrk) {
    this.startBrk = startBrk;
    this.endBrk = endBrk;
    this.brk = startBrk;
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

  /** Says that another process uses this address space, as with CLONE_VM. */
  public synchronized void share() {
    users++;
  }

  /** Says that a process uses it no more; returns how many still do. */
  public synchronized int leave() {
    return --users;
  }

  /** Returns the mappings by ascending start, as they are now. */
  public synchronized List<Vma> mappings() {
    List<Vma> all = new ArrayList<>(vmas.size());
    vmas.forEach(all::add);
    return all;
  }

  /** Returns how many mappings there are. */
  public synchronized int size() {
    return vmas.size();
  }

  /** Returns the first mapping that contains an address, or empty. */
  public synchronized Optional<Vma> find(long address) {
    return vmas.firstOverlapping(address, address + 1);
  }

  void add(Vma vma) {
    vmas.add(vma);
  }

  void remove(Vma vma) {
    vmas.remove(vma);
  }

  Optional<Vma> firstOverlapping(long start, long end) {
    return vmas.firstOverlapping(start, end);
  }

  Iterable<Vma> from(Vma vma) {
    return vmas.from(vma);
  }

  Optional<Vma> exactly(long start, long end) {
    for (Vma vma : vmas.overlapping(start, end)) {
      if (vma.start() == start && vma.end() == end) {
        return Optional.of(vma);
      }
    }
    return Optional.empty();
  }

  /** Changes the bounds of a mapping, and with them its place in the order. */
  void move(Vma vma, long newStart, long newEnd) {
    vmas.remove(vma);
    vma.move(newStart, newEnd);
    vmas.add(vma);
  }
}
