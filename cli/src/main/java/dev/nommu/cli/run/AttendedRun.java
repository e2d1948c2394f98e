package dev.nommu.cli.run;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.ScenarioRunner;
import dev.nommu.scenario.Transcript;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A run of a scenario on a separate thread. A step that does not end even when interrupted is
 * abandoned: its thread is left behind, and the caller continues.
 */
final class AttendedRun {
  private final Scenario scenario;
  private final Duration patience;
  private final CompletableFuture<Transcript> end = new CompletableFuture<>();

  /** When the current step began; empty while a line is written, which may block. */
  private volatile OptionalLong begunAt = OptionalLong.of(System.nanoTime());

  private volatile int line = 1;
  private boolean isGivenUp; // guarded by this

  /**
   * Prepares a run.
   *
   * @param patience the longest time for a step, including the runner's own attempts to end it
   */
  AttendedRun(Scenario scenario, Duration patience) {
    this.scenario = scenario;
    this.patience = patience;
  }

  /**
   * Runs the scenario.
   *
   * @param lines receives each line of the transcript as soon as it is known, none after this has
   *     returned
   * @param begun receives the number of each line with a step before it runs
   * @return all of these lines, and where they differ from the scenario's
   * @throws CommandException if the scenario cannot continue
   */
  Transcript run(MachinePort port, Consumer<String> lines, IntConsumer begun)
      throws CommandException, InterruptedException {
    Thread runner =
        Thread.ofPlatform()
            .daemon()
            .name("nommu-run")
            .start(() -> carryOut(new ScenarioRunner(scenario, port), lines, begun));
    try {
      return await();
    } catch (ExecutionException failure) {
      throw unwrapped(failure);
    } catch (InterruptedException interrupted) {
      runner.interrupt();
      throw interrupted;
    } finally {
      giveUp();
    }
  }

  private void carryOut(ScenarioRunner runner, Consumer<String> lines, IntConsumer begun) {
    try {
      end.complete(runner.run(text -> hand(text, lines), number -> begin(number, begun)));
    } catch (ScenarioException | InterruptedException | RuntimeException | Error failure) {
      end.completeExceptionally(failure);
    }
  }

  private void begin(int number, IntConsumer begun) {
    line = number;
    begunAt = OptionalLong.of(System.nanoTime());
    begun.accept(number);
  }

  private synchronized void hand(String text, Consumer<String> lines) {
    if (!isGivenUp) {
      begunAt = OptionalLong.empty();
      lines.accept(text);
      begunAt = OptionalLong.of(System.nanoTime());
    }
  }

  private synchronized void giveUp() {
    isGivenUp = true;
  }

  private Transcript await() throws CommandException, InterruptedException, ExecutionException {
    for (long left = left(); left > 0; left = left()) {
      try {
        return end.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        // a step may have begun meanwhile
      }
    }
    throw new CommandException(
        ExitCode.FAILED,
        "%s:%d:1: expected a step that ends, found one running after %d s, interrupted or not"
            .formatted(scenario.name(), line, patience.toSeconds()));
  }

  private long left() {
    OptionalLong begun = begunAt;
    return begun.isPresent()
        ? patience.toNanos() - (System.nanoTime() - begun.getAsLong())
        : patience.toNanos();
  }

  private static CommandException unwrapped(ExecutionException failure)
      throws InterruptedException {
    return switch (failure.getCause()) {
      case ScenarioException stuck -> CommandException.of(ExitCode.FAILED, stuck);
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      case null, default -> throw new IllegalStateException(failure);
    };
  }
}
