package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.Wire.Message;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultMenu.Dish;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.session.FaultedSession;
import dev.nommu.tck.session.Session;
import dev.nommu.tck.session.Targets;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes each call of a class, and each of its calls to the kernel, fail in turn while sessions use
 * it.
 *
 * @param of the plugin on its board
 * @param capsules the place for failed sessions
 */
record SweptFaults(ContractsOfClass of, Capsules capsules) {
  /** The generated sessions, up to this step. */
  private static final int LENGTH = 30;

  private static final int MOST_SESSIONS = 5;

  /**
   * The first session is swept completely, another one if there were fewer faults than this so far.
   */
  private static final int ENOUGH = 300;

  /** Injects each fault under each profile, and reports the outcome of each kind of fault. */
  void run(int seeds, DataOutputStream out) throws BoardException, IOException {
    for (Profile profile : Profile.values()) {
      FaultVerdicts verdicts =
          new FaultVerdicts(profile, swept(profile, seeds, progress(profile, out)), capsules);
      for (Dish dish : FaultMenu.ALL.dishes()) {
        Wire.write(out, new Message.Begin("%s: %s".formatted(FaultVerdicts.about(profile), dish)));
        Wire.write(out, new Message.Done(verdicts.of(dish)));
      }
      Wire.write(out, new Message.Note(verdicts.counts()));
    }
  }

  private static Consumer<String> progress(Profile profile, DataOutputStream out) {
    return what -> {
      try {
        Wire.write(out, new Message.Begin("%s, %s".formatted(FaultVerdicts.about(profile), what)));
      } catch (IOException closed) {
        throw new UncheckedIOException(closed);
      }
    };
  }

  private List<SweptWork> swept(Profile profile, int seeds, Consumer<String> progress)
      throws BoardException {
    if (of.session().isPresent()) {
      return List.of(session("executing", profile, of.session().get(), progress));
    }
    Targets targets = of.targets();
    if (targets.opened().isEmpty()) {
      return List.of(session("booting", profile, new Session(List.of()), progress));
    }
    List<SweptWork> swept = new ArrayList<>();
    int faults = 0;
    int sessions = Math.clamp(seeds, 1, MOST_SESSIONS);
    for (long seed = 1; seed <= sessions && faults < ENOUGH; seed++) {
      Session session = Session.generate(seed, targets, LENGTH);
      swept.add(session("seed " + seed, profile, session, progress));
      faults += swept.getLast().report().swept().size();
    }
    return swept;
  }

  /** One that fails without a fault is reported by {@link PlainSessions}. */
  private SweptWork session(
      String name, Profile profile, Session session, Consumer<String> progress)
      throws BoardException {
    FaultedSession faulted = new FaultedSession(of.subject(), profile, session);
    if (!faulted.isSound()) {
      return new SweptWork(name + " is wrong without a fault", Optional.empty(), SweepReport.NONE);
    }
    Consumer<Fault> each = fault -> progress.accept("%s: %s".formatted(name, fault));
    return new SweptWork(name, Optional.of(faulted), faulted.sweep(FaultMenu.ALL, each));
  }
}
