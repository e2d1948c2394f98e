package dev.nommu.kernel.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pages that must not be handed out again although their owner gave them back, because mappings
 * show them. Not thread-safe.
 */
final class HeldPages {
  /** Pages from one to before another. */
  record Span(int from, int to) {
    private boolean contains(int page) {
      return page >= from && page < to;
    }
  }

  private final List<Span> holds = new ArrayList<>();
  private final Set<Integer> pages = new TreeSet<>();

  /** Returns how many pages there are that were given back. */
  int size() {
    return pages.size();
  }

  /** Holds pages; a page can be held more than once. */
  void hold(Span span) {
    holds.add(span);
  }

  /** Returns the first page from this one on that is held, or the highest number. */
  int firstHeld(int from) {
    int first = Integer.MAX_VALUE;
    for (Span span : holds) {
      if (span.to() > from) {
        first = Math.min(first, Math.max(from, span.from()));
      }
    }
    return first;
  }

  /** Takes a page that is held and given back. */
  void take(int page) {
    pages.add(page);
  }

  /** Lets go of pages that were held; returns those given back that nobody holds any more. */
  List<Integer> release(Span span) {
    holds.remove(span);
    List<Integer> free =
        pages.stream().filter(span::contains).filter(page -> firstHeld(page) != page).toList();
    free.forEach(pages::remove);
    return free;
  }
}
