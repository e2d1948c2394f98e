package dev.nommu.tck.session;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultSweep;
import dev.nommu.tck.fault.FaultSweep.Ended;
import dev.nommu.tck.fault.Injection;
import dev.nommu.tck.fault.Operation;
import dev.nommu.tck.fault.SweepReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A session during which calls of a plugin fail. Immutable; thread-safe.
 *
 * @param subject the plugin
 * @param profile the profile
 * @param session the calls
 */
public record FaultedSession(Subject subject, Profile profile, Session session) {
  /**
   * Returns whether there is no error without a fault.
   *
   * @throws BoardException if the subject does not boot
   */
  public boolean isSound() throws BoardException {
    return Replay.of(subject, profile, new Injection(), session).wrong().isEmpty();
  }

  /**
   * Runs the session once without a fault, and then once for each.
   *
   * @param menu the faults
   * @param progress receives each fault before it happens
   * @throws BoardException if the subject does not boot without a fault
   * @throws IllegalStateException if there is an error without a fault
   */
  public SweepReport sweep(FaultMenu menu, Consumer<Fault> progress) throws BoardException {
    return FaultSweep.run(subject.board().name(), menu, this::run, progress);
  }

  private Ended run(Injection injection) throws BoardException {
    Replay replay = Replay.of(subject, profile, injection, session);
    return new Ended(Optional.empty(), replay.wrong().stream().map(Wrong::toString).toList());
  }

  /**
   * Returns a minimal list of calls, with the fault at the corresponding call.
   *
   * @param fault the fault that causes an error
   * @throws BoardException if the subject does not boot without a fault
   */
  public Tried shrunk(Fault fault) throws BoardException {
    Tried whole = tried(session, fault);
    Shrinker shrinker = this::again;
    return whole.replay().wrong().isEmpty() ? whole : shrinker.shrink(whole);
  }

  private Tried tried(Session calls, Fault fault) throws BoardException {
    List<Fault> faults = List.of(fault);
    return new Tried(calls, faults, Replay.of(subject, profile, faults, calls));
  }

  /** Removed steps may precede the fault, which then moves forward. */
  private Optional<Tried> again(Tried current, Session smaller) throws BoardException {
    Fault fault = current.faults().getFirst();
    int before = calls(current.session(), fault.what());
    int left = calls(smaller, fault.what());
    int moved = fault.n() - (before - left);
    for (int n : IntStream.of(moved, fault.n()).filter(n -> n >= 1 && n <= left).toArray()) {
      Tried tried = tried(smaller, new Fault(fault.what(), n, fault.how()));
      if (tried.failsLike(current)) {
        return Optional.of(tried);
      }
    }
    return Optional.empty();
  }

  /** Returns the number of calls of a kind without a fault. */
  private int calls(Session calls, Operation what) throws BoardException {
    Injection none = new Injection();
    Replay.of(subject, profile, none, calls);
    return none.tally(what).calls();
  }
}
