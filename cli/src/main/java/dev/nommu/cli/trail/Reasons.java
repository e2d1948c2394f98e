package dev.nommu.cli.trail;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.Simulation.NamedWindow;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.scenario.Call;
import dev.nommu.scenario.Explainer;
import dev.nommu.tck.trail.Explanation;
import dev.nommu.tck.trail.FailureRemarks;
import dev.nommu.tck.trail.RecordedTrail;
import dev.nommu.tck.trail.Remark;
import java.util.ArrayList;
import java.util.List;

/** Collects why calls failed and how mappings were decided, until taken. Thread-safe. */
public final class Reasons implements Explainer {
  private final Board board;
  private final List<Heard> heard = new ArrayList<>();

  /** The remarks on one call. */
  private sealed interface Heard {}

  private record Mapping(RecordedTrail trail) implements Heard {}

  private record Failure(List<Remark> remarks) implements Heard {}

  /**
   * Creates an empty collection.
   *
   * @param board the names of addresses
   */
  public Reasons(Board board) {
    this.board = board;
  }

  @Override
  public synchronized Trail mapping() {
    RecordedTrail trail = new RecordedTrail();
    heard.add(new Mapping(trail));
    return trail;
  }

  @Override
  public void failed(Call call, ErrnoException failure) {
    failed(failure);
  }

  /** Adds a failed call; for a refused mapping, its trail has the details. */
  public synchronized void failed(ErrnoException failure) {
    boolean isTold =
        !heard.isEmpty()
            && heard.getLast() instanceof Mapping(RecordedTrail trail)
            && !trail.steps().isEmpty();
    if (!isTold) {
      heard.add(new Failure(FailureRemarks.of(failure)));
    }
  }

  @Override
  public synchronized void faulted(Call call, MemoryFault fault) {
    heard.add(new Failure(FailureRemarks.of(fault)));
  }

  /** Returns the reasons since the last call. */
  public synchronized List<Remark> take() {
    List<Remark> taken = heard.stream().flatMap(each -> remarks(each).stream()).toList();
    heard.clear();
    return taken;
  }

  private List<Remark> remarks(Heard one) {
    return switch (one) {
      case Mapping(RecordedTrail trail) -> Explanation.of(trail.steps(), this::name);
      case Failure(List<Remark> remarks) -> remarks;
    };
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
