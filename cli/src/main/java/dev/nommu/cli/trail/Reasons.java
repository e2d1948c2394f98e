package dev.nommu.cli.trail;

import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.Simulation.NamedWindow;
import dev.nommu.kernel.mmap.Trail;
import java.util.ArrayList;
import java.util.List;

/** Collects why mappings came out as they did, until somebody takes it. Thread-safe. */
public final class Reasons {
  private final Board board;
  private final List<RecordedTrail> trails = new ArrayList<>();

  /**
   * Creates a collection without reasons.
   *
   * @param board has the names of addresses
   */
  public Reasons(Board board) {
    this.board = board;
  }

  /** Returns what is to hear of the next request. */
  public synchronized Trail next() {
    RecordedTrail trail = new RecordedTrail();
    trails.add(trail);
    return trail;
  }

  /** Returns what was heard since the last time. */
  public synchronized List<Remark> take() {
    List<Remark> taken =
        trails.stream()
            .flatMap(trail -> Explanation.of(trail.steps(), this::name).stream())
            .toList();
    trails.clear();
    return taken;
  }

  private String name(long address) {
    return board.simulation().windows().stream()
        .filter(window -> window.range().contains(address, 1))
        .findFirst()
        .map(window -> inWindow(window, address))
        .orElseGet(() -> "0x%x".formatted(address));
  }

  private static String inWindow(NamedWindow window, long address) {
    return "%s+0x%x".formatted(window.name(), address - window.range().start());
  }
}
