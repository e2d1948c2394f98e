package dev.nommu.kernel.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pages that must not be reallocated although their owner freed them, because mappings show them.
 * Not thread-safe.
 */
final class HeldPages {
  /** Pages from one up to, not including, another. */
  record Span(int from, int to) {
    private boolean contains(int page) {
      return page >= from && page < to;
    }
  }

  private final List<Span> holds = new ArrayList<>();
  private final Set<Integer> pages = new TreeSet<>();

  /** Returns the number of held pages that were freed. */
  int size() {
    return pages.size();
  }

  /** Holds pages; a page can be held more than once. */
  void hold(Span span) {
    holds.add(span);
  }

  /** Returns the first held page from this one on, or the highest number. */
  int firstHeld(int from) {
    int first = Integer.MAX_VALUE;
    for (Span span : holds) {
      if (span.to() > from) {
        first = Math.min(first, Math.max(from, span.from()));
      }
    }
    return first;
  }

  /** Adds a held page that was freed. */
  void take(int page) {
    pages.add(page);
  }

  /** Releases held pages; returns the freed ones that are no longer held. */
  List<Integer> release(Span span) {
    holds.remove(span);
    List<Integer> free =
        pages.stream().filter(span::contains).filter(page -> firstHeld(page) != page).toList();
    free.forEach(pages::remove);
    return free;
  }
}
