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

/** Does the same work again and again, each time with one fault at another call. */
public final class FaultSweep {
  private static final String FAULT_OF_PLUGIN = "PLUGIN-01";

  private final Subject subject;
  private final Setting setting;
  private final Work work;

  private FaultSweep(Subject subject, Setting setting, Work work) {
    this.subject = subject;
    this.setting = setting;
    this.work = work;
  }

  /** What is done on a machine. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does it. It may leave files open and memory mapped.
     *
     * @throws ErrnoException if a call fails, as it may with a fault
     * @throws MemoryFault if a load or store does
     */
    void on(Machine machine) throws ErrnoException, MemoryFault;
  }

  /**
   * Sweeps: once without a fault, to count, and then once for each fault, each on a machine of its
   * own.
   *
   * @param subject what is tested
   * @param profile under which rules
   * @param menu what goes wrong
   * @param work what is done
   * @param progress is told each fault before it happens
   * @throws BoardException if the subject does not boot without a fault
   * @throws IllegalStateException if the work fails without a fault
   */
  public static SweepReport run(
      Subject subject, Profile profile, FaultMenu menu, Work work, Consumer<Fault> progress)
      throws BoardException {
    Setting setting = new Setting(profile, Reach.FORWARDED, Memory.AS_GIVEN);
    return new FaultSweep(subject, setting, work).run(menu, progress);
  }

  private SweepReport run(FaultMenu menu, Consumer<Fault> progress) throws BoardException {
    Injection none = new Injection();
    requireSound(ran(none));
    List<Swept> swept = new ArrayList<>();
    for (Fault fault : menu.faults(what -> none.tally(what).calls())) {
      progress.accept(fault);
      swept.add(swept(fault));
    }
    return new SweepReport(none.tallies(), swept);
  }

  private void requireSound(Ran plain) {
    if (plain.failure().isPresent() || !plain.wrong().isEmpty()) {
      throw new IllegalStateException(
          "%s without a fault: expected the work to succeed, found %s %s"
              .formatted(subject.board().name(), plain.failure().orElse(""), plain.wrong()));
    }
  }

  private Swept swept(Fault fault) {
    Injection injection = new Injection(fault);
    Ran ran = unlessRefused(injection);
    boolean reached = injection.reached().contains(fault);
    return new Swept(fault, reached, injection.tally(fault.what()), ran.failure(), ran.wrong());
  }

  /** A machine may be refused for a fault while it boots. */
  private Ran unlessRefused(Injection injection) {
    try {
      return ran(injection);
    } catch (BoardException refused) {
      return new Ran(Optional.of("boot: " + refused.getMessage()), List.of());
    }
  }

  private record Ran(Optional<String> failure, List<String> wrong) {}

  private Ran ran(Injection injection) throws BoardException {
    List<String> wrong = new ArrayList<>();
    try (Machine machine = subject.boot(setting, injection)) {
      injection.watch(machine);
      Optional<String> failure = attempt(machine, wrong);
      wrong.addAll(machine.check());
      machine.tasks().forEach(Task::exit);
      wrong.addAll(machine.check());
      wrong.addAll(injection.heldUp());
      return new Ran(failure, List.copyOf(wrong));
    }
  }

  private Optional<String> attempt(Machine machine, List<String> wrong) {
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
