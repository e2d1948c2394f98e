package dev.nommu.cli.fit;

import dev.nommu.cli.board.OpenBoard;
import dev.nommu.cli.console.CommandException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Other orders of loading the same programs. */
final class Orders {
  /** The most programs for which every order is tried: 120 orders. */
  private static final int MOST_FOR_ALL_ORDERS = 5;

  private final OpenBoard board;
  private final Workload work;
  private final Outcome asItIs;
  private Outcome best;
  private List<String> order;

  Orders(OpenBoard board, Workload work, Outcome asItIs) {
    this.board = board;
    this.work = work;
    this.asItIs = asItIs;
    this.best = asItIs;
    this.order = work.programs();
  }

  /**
   * Returns the first order in which everything fits, or the one in which most fits; empty if none
   * is better. With many programs only one order is tried: largest first.
   */
  Optional<Remedy> best() throws CommandException, IOException, InterruptedException {
    if (work.programs().size() > MOST_FOR_ALL_ORDERS) {
      attempt(largestFirst());
    } else {
      attemptAll(new ArrayList<>(), new ArrayList<>(work.programs()));
    }
    return order.equals(work.programs())
        ? Optional.empty()
        : Optional.of(Remedy.of("loaded in the order " + String.join(", ", order), best, asItIs));
  }

  private void attemptAll(List<String> chosen, List<String> left)
      throws CommandException, IOException, InterruptedException {
    if (left.isEmpty()) {
      attempt(List.copyOf(chosen));
    }
    for (int i = 0; i < left.size() && !best.fits(); i++) {
      String next = left.remove(i);
      chosen.add(next);
      attemptAll(chosen, left);
      chosen.removeLast();
      left.add(i, next);
    }
  }

  private void attempt(List<String> programs)
      throws CommandException, IOException, InterruptedException {
    Outcome outcome = Trial.of(board, work.with(programs));
    if (outcome.misfits().size() < best.misfits().size()) {
      best = outcome;
      order = programs;
    }
  }

  /**
   * By the memory each takes on an empty machine; one that does not even fit there is the largest.
   */
  private List<String> largestFirst() throws CommandException, IOException, InterruptedException {
    Map<String, Long> sizes = new HashMap<>();
    for (String program : work.programs()) {
      if (!sizes.containsKey(program)) {
        Outcome alone = Trial.of(board, new Workload(List.of(program), Optional.empty()));
        sizes.put(program, alone.fits() ? alone.start().bytes() - alone.left() : Long.MAX_VALUE);
      }
    }
    return work.programs().stream()
        .sorted(Comparator.<String>comparingLong(sizes::get).reversed())
        .toList();
  }
}
