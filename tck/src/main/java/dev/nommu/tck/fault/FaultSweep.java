package dev.nommu.tck.fault;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.memory.MemoryFault;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Setting;
import dev.nommu.tck.Setting.Memory;
import dev.nommu.tck.Setting.Reach;
import dev.nommu.tck.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Repeats the same work, each time with one fault at another call. */
public final class FaultSweep {
  private static final String FAULT_OF_PLUGIN = "PLUGIN-01";

  private FaultSweep() {}

  /** The work done on a machine. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it. It may leave files open and memory mapped.
     *
     * @throws ErrnoException if a call fails, which is allowed with a fault
     * @throws MemoryFault if a load or store does
     */
    void on(Machine machine) throws ErrnoException, MemoryFault;
  }

  /** Does the work once, on a new machine. */
  @FunctionalInterface
  public interface Run {
    /**
     * Does it.
     *
     * @param injection the interception of the plugin's calls
     * @throws BoardException if the machine does not boot
     */
    Ended with(Injection injection) throws BoardException;
  }

  /**
   * How the work ended.
   *
   * @param failure why it did not succeed, if it did not
   * @param wrong errors that no fault excuses
   */
  public record Ended(Optional<String> failure, List<String> wrong) {
    /** Takes an immutable copy. */
    public Ended {
      wrong = List.copyOf(wrong);
    }
  }

  /**
   * Sweeps: once without a fault, to count, and then once for each fault, each on a new machine.
   *
   * @param subject the plugin
   * @param profile the profile
   * @param menu the faults
   * @param work the work
   * @param progress receives each fault before it happens
   * @throws BoardException if the subject does not boot without a fault
   * @throws IllegalStateException if the work fails without a fault
   */
  public static SweepReport run(
      Subject subject, Profile profile, FaultMenu menu, Work work, Consumer<Fault> progress)
      throws BoardException {
    Setting setting = new Setting(profile, Reach.FORWARDED, Memory.AS_GIVEN);
    return run(
        subject.board().name(),
        menu,
        injection -> ran(subject, setting, work, injection),
        progress);
  }

  /**
   * Sweeps as above, with work that boots its machines itself.
   *
   * @param name the name of the work in messages
   * @param menu the faults
   * @param run does the work once
   * @param progress receives each fault before it happens
   * @throws BoardException if the machine does not boot without a fault
   * @throws IllegalStateException if the work fails without a fault
   */
  public static SweepReport run(String name, FaultMenu menu, Run run, Consumer<Fault> progress)
      throws BoardException {
    Injection none = new Injection();
    requireSound(name, run.with(none));
    List<Swept> swept = new ArrayList<>();
    for (Fault fault : menu.faults(what -> none.tally(what).calls())) {
      progress.accept(fault);
      swept.add(swept(run, fault));
    }
    return new SweepReport(none.tallies(), swept);
  }

  private static void requireSound(String name, Ended plain) {
    if (plain.failure().isPresent() || !plain.wrong().isEmpty()) {
      throw new IllegalStateException(
          "%s without a fault: expected the work to succeed, found %s %s"
              .formatted(name, plain.failure().orElse(""), plain.wrong()));
    }
  }

  private static Swept swept(Run run, Fault fault) {
    Injection injection = new Injection(fault);
    Ended ended = unlessRefused(run, injection);
    boolean reached = injection.reached().contains(fault);
    return new Swept(fault, reached, injection.tally(fault.what()), ended.failure(), ended.wrong());
  }

  /** With a fault a machine may fail to boot. */
  private static Ended unlessRefused(Run run, Injection injection) {
    try {
      return run.with(injection);
    } catch (BoardException refused) {
      return new Ended(Optional.of("boot: " + refused.getMessage()), List.of());
    }
  }

  private static Ended ran(Subject subject, Setting setting, Work work, Injection injection)
      throws BoardException {
    List<String> wrong = new ArrayList<>();
    try (Machine machine = subject.boot(setting, injection)) {
      injection.watch(machine);
      Optional<String> failure = attempt(work, machine, wrong);
      wrong.addAll(machine.check());
      machine.tasks().forEach(Task::exit);
      wrong.addAll(machine.check());
      wrong.addAll(injection.heldUp());
      return new Ended(failure, wrong);
    }
  }

  private static Optional<String> attempt(Work work, Machine machine, List<String> wrong) {
    try {
      work.on(machine);
      return Optional.empty();
    } catch (ErrnoException failure) {
      if (failure.rule().filter(FAULT_OF_PLUGIN::equals).isPresent()) {
        wrong.add(failure.describe());
      }
      return Optional.of(failure.describe());
    } catch (MemoryFault unanswered) {
      return Optional.of(unanswered.toString());
    } catch (RuntimeException unexpected) {
      wrong.add(
          Arrays.stream(unexpected.getStackTrace())
              .findFirst()
              .map(frame -> unexpected + " at " + frame)
              .orElseGet(unexpected::toString));
      return Optional.of(unexpected.toString());
    }
  }
}
