package dev.nommu.tck.session;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.Strictness;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.mmap.Trail;
import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.task.Task;
import dev.nommu.scenario.Call;
import dev.nommu.scenario.Explainer;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Transcript;
import dev.nommu.scenario.Vocabulary;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import dev.nommu.tck.fault.Fault;
import dev.nommu.tck.fault.Injection;
import dev.nommu.tck.interpose.Invocation.Interception;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The outcome of a session on a new machine.
 *
 * @param trace the transcript, with all results
 * @param wrong the errors; empty if there are none
 */
public record Replay(List<String> trace, List<Wrong> wrong) {
  private static final String FAULT_OF_PLUGIN = "PLUGIN-01";

  /** The other kinds concern the program, which here is the session. */
  private static final Set<Finding.Kind> OF_PLUGINS =
      EnumSet.of(
          Finding.Kind.STATUS_LOADED,
          Finding.Kind.COMMAND_STORED,
          Finding.Kind.DOUBLE_CLOSE,
          Finding.Kind.PIN_IMBALANCE,
          Finding.Kind.FREED_UNDER_MAPPING,
          Finding.Kind.LEAK_AT_EXIT);

  /** Takes immutable copies. */
  public Replay {
    trace = List.copyOf(trace);
    wrong = List.copyOf(wrong);
  }

  /**
   * Makes the calls of a session.
   *
   * @param faults the faults of the plugin
   * @throws BoardException if the subject does not boot without a fault
   * @throws IllegalArgumentException if the session is not a scenario
   */
  public static Replay of(Subject subject, Profile profile, List<Fault> faults, Session session)
      throws BoardException {
    return of(subject, profile, new Injection(faults), session);
  }

  /**
   * Makes the calls of a session without a fault.
   *
   * @param coverage counts what it reaches
   * @throws BoardException if the subject does not boot
   * @throws IllegalArgumentException if the session is not a scenario
   */
  public static Replay of(Subject subject, Profile profile, Session session, Coverage coverage)
      throws BoardException {
    return on(subject, profile, new Injection(), session, Strictness.STRICT, coverage);
  }

  /**
   * Makes the calls of a session. With a fault the machine may lack parts its board asks for, or
   * fail to boot.
   *
   * @throws BoardException if the subject does not boot without a fault
   */
  static Replay of(Subject subject, Profile profile, Injection injection, Session session)
      throws BoardException {
    Coverage coverage = new Coverage();
    if (injection.faults().isEmpty()) {
      return on(subject, profile, injection, session, Strictness.STRICT, coverage);
    }
    try {
      return on(subject, profile, injection, session, Strictness.LENIENT, coverage);
    } catch (BoardException refused) {
      return new Replay(List.of("# boot: " + refused.getMessage()), List.of());
    }
  }

  private static Replay on(
      Subject subject,
      Profile profile,
      Injection injection,
      Session session,
      Strictness strictness,
      Coverage coverage)
      throws BoardException {
    RecordingSanitizer sanitizer = new RecordingSanitizer();
    Setting setting = new Setting(profile, Reach.FORWARDED, Memory.AS_GIVEN);
    List<String> trace = new ArrayList<>();
    List<Wrong> wrong = new ArrayList<>();
    try (Machine machine =
        subject.boot(setting, counted(injection, coverage), sanitizer, strictness)) {
      injection.watch(machine);
      run(machine, session.scenario(), trace, wrong, coverage);
      Set<String> books = new LinkedHashSet<>(machine.check());
      machine.tasks().forEach(Task::exit);
      books.addAll(machine.check());
      books.stream().map(each -> new Wrong(Wrong.Kind.BOOKS, each)).forEach(wrong::add);
    }
    injection.heldUp().stream()
        .map(each -> new Wrong(Wrong.Kind.HELD_UP, each))
        .forEach(wrong::add);
    sanitizer.findings().stream()
        .filter(finding -> OF_PLUGINS.contains(finding.kind()))
        .map(finding -> new Wrong(Wrong.Kind.FINDING, finding.toString()))
        .forEach(wrong::add);
    coverage.outcomes(trace);
    return new Replay(trace, wrong);
  }

  private static Interception counted(Injection injection, Coverage coverage) {
    return call -> {
      try {
        Object answer = injection.around(call);
        coverage.returned(call, answer);
        return answer;
      } catch (Throwable thrown) {
        coverage.threw(call, thrown);
        throw thrown;
      }
    };
  }

  /** Returns whether there is an error of a kind. */
  boolean has(Wrong.Kind kind) {
    return wrong.stream().anyMatch(each -> each.kind() == kind);
  }

  private static void run(
      Machine machine,
      Scenario scenario,
      List<String> trace,
      List<Wrong> wrong,
      Coverage coverage) {
    Faults faults = new Faults(coverage);
    MachinePort port = new MachinePort(machine, faults, Vocabulary.onPath());
    try {
      Transcript transcript = new ScenarioRunner(scenario, port).run(trace::add);
      transcript.differences().stream()
          .map(difference -> new Wrong(Wrong.Kind.ANSWER, difference.toString()))
          .forEach(wrong::add);
    } catch (ScenarioException waiting) {
      wrong.add(new Wrong(Wrong.Kind.HANG, String.valueOf(waiting.getMessage())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      wrong.add(new Wrong(Wrong.Kind.HANG, "interrupted"));
    } finally {
      wrong.addAll(faults.heard);
    }
  }

  private static final class Faults implements Explainer {
    private final List<Wrong> heard = new CopyOnWriteArrayList<>();
    private final Coverage coverage;

    Faults(Coverage coverage) {
      this.coverage = coverage;
    }

    @Override
    public Trail mapping() {
      return coverage.trail();
    }

    @Override
    public void failed(Call call, ErrnoException failure) {
      failure.rule().ifPresent(rule -> coverage.reached(Coverage.Kind.RULE, rule));
      if (failure.rule().filter(FAULT_OF_PLUGIN::equals).isPresent()) {
        heard.add(new Wrong(Wrong.Kind.FAULT, failure.describe()));
      }
    }
  }
}
