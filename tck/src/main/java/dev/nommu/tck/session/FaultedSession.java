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
 * A session while which the calls of a plugin go wrong. Immutable; thread-safe.
 *
 * @param subject the plugin
 * @param profile under which rules
 * @param session the calls
 */
public record FaultedSession(Subject subject, Profile profile, Session session) {
  /**
   * Returns whether nothing is wrong without a fault.
   *
   * @throws BoardException if the subject does not boot
   */
  public boolean isSound() throws BoardException {
    return Replay.of(subject, profile, new Injection(), session).wrong().isEmpty();
  }

  /**
   * Makes the session once without a fault, and then once for each.
   *
   * @param menu what goes wrong
   * @param progress receives each fault before it happens
   * @throws BoardException if the subject does not boot without a fault
   * @throws IllegalStateException if something is wrong without a fault
   */
  public SweepReport sweep(FaultMenu menu, Consumer<Fault> progress) throws BoardException {
    return FaultSweep.run(subject.board().name(), menu, this::run, progress);
  }

  private Ended run(Injection injection) throws BoardException {
    Replay replay = Replay.of(subject, profile, injection, session);
    return new Ended(Optional.empty(), replay.wrong().stream().map(Wrong::toString).toList());
  }

  /**
   * Returns as few of the calls as it takes, with the fault at the call that is left of it.
   *
   * @param fault with which something is wrong
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

  /** The steps that are taken away may have been before the fault, which moves forward then. */
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

  /** Returns how many calls of a kind there are without a fault. */
  private int calls(Session calls, Operation what) throws BoardException {
    Injection none = new Injection();
    Replay.of(subject, profile, none, calls);
    return none.tally(what).calls();
  }
}
