package dev.nommu.campaign;

import dev.nommu.campaign.CampaignReport.Ending;
import dev.nommu.campaign.CampaignReport.LostRange;
import dev.nommu.campaign.CampaignReport.Pace;
import dev.nommu.campaign.Ledger.Snapshot;
import dev.nommu.campaign.StateText.Known;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs the sessions of a range of seeds and saves results continuously, so that it can resume after
 * any interruption:
 *
 * <pre>{@code
 * TestedPlugin plugin = TestedPlugin.of(MyDriver.class.getName(), Subject.driver(MyDriver::new, board));
 * Plan plan = Plan.ofSessions(List.of(plugin), new Seeds(1, 1_000_000));
 * try (CampaignFolder folder = CampaignFolder.create(directory, plan)) {
 *   CampaignReport report = new Campaign(folder, List.of(plugin))
 *       .run(Conditions.allProcessors().within(Duration.ofMinutes(5)), progress -> {});
 * }
 * }</pre>
 *
 * <p>It is run once, by one thread; {@link #stop} may be called by any thread.
 */
public final class Campaign {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
  private static final Duration LONGEST_KEEPING = Duration.ofMinutes(2);
  private static final String HERE = "this process";

  private final CampaignFolder folder;
  private final Plan plan;
  private final Trials trials;
  private final Keeper keeper;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Optional<FutureTask<Void>> keeping = Optional.empty();
  private long begun;

  /**
   * Prepares the campaign of a folder.
   *
   * @param plugins the plugins of its plan
   * @throws IllegalArgumentException if one is missing
   */
  public Campaign(CampaignFolder folder, List<TestedPlugin> plugins) {
    this.folder = folder;
    this.plan = folder.plan();
    this.trials = new Trials(plan, plugins);
    this.keeper = new Keeper(folder.path().resolve("capsules"), plan, trials);
  }

  /** Stops it soon; it can be resumed later. */
  public void stop() {
    stopped.countDown();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * Runs all remaining seeds, or as many as time allows.
   *
   * @param watcher receives the progress several times a second
   * @return the results so far
   * @throws IOException if the folder cannot be written
   * @throws IllegalArgumentException if there is no thread to run them
   */
  public CampaignReport run(Conditions conditions, Consumer<CampaignReport> watcher)
      throws IOException, InterruptedException {
    if (conditions.threads() == 0) {
      throw new IllegalArgumentException("campaign: expected a thread or more, found none");
    }
    return run(conditions, watcher, Members.NONE);
  }

  /**
   * Runs them as above, together with other processes.
   *
   * @param members the other processes, which are stopped at the end
   */
  public CampaignReport run(
      Conditions conditions, Consumer<CampaignReport> watcher, Members members)
      throws IOException, InterruptedException {
    begun = System.nanoTime();
    Ledger ledger =
        new Ledger(
            plan.ranges(), folder.known().snapshot(), conditions.patience(), System::nanoTime);
    Workers workers =
        new Workers(
            conditions.threads(), () -> Worker.start(HERE, plan, trials, ledger, this::isStopped));
    Ending ending = Ending.RUNNING;
    try {
      long written = begun;
      while (ending == Ending.RUNNING) {
        workers.employ();
        members.tend(ledger);
        keepNext(ledger.snapshot().harvest());
        watcher.accept(report(ledger, ending));
        if (System.nanoTime() - written > BETWEEN_WRITES.toNanos()) {
          write(ledger, ending, members);
          written = System.nanoTime();
        }
        stopped.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
        ending = ending(ledger, conditions.limit());
      }
    } finally {
      boolean wasStopped = isStopped();
      stop();
      workers.join();
      members.tend(ledger);
      write(ledger, ending, members);
      members.close();
      if (!wasStopped) {
        keepRest(ledger);
      }
    }
    return write(ledger, ending, Members.NONE);
  }

  private Ending ending(Ledger ledger, Duration limit) {
    if (ledger.isComplete()) {
      return Ending.COMPLETE;
    }
    if (isStopped()) {
      return Ending.STOPPED;
    }
    return took().compareTo(limit) >= 0 ? Ending.OUT_OF_TIME : Ending.RUNNING;
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void keepNext(Harvest harvest) throws IOException, InterruptedException {
    if (keeping.filter(task -> !task.isDone()).isPresent()) {
      return;
    }
    finishKeeping(Duration.ZERO);
    Optional<Map.Entry<Cause, Sighting>> next = keeper.missing(harvest);
    next.ifPresent(found -> {
      FutureTask<Void> task =
          new FutureTask<>(() -> {
            keeper.keep(found.getKey(), found.getValue());
            return null;
          });
      Thread.ofPlatform().daemon().name("nommu-keeper").start(task);
      keeping = Optional.of(task);
    });
  }

  /** Returns whether no finding is being saved any more. */
  private boolean finishKeeping(Duration patience) throws IOException, InterruptedException {
    if (keeping.isEmpty()) {
      return true;
    }
    try {
      keeping.get().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      keeping = Optional.empty();
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IOException unwritable) {
        throw unwritable;
      }
      throw new IllegalStateException(failure.getCause());
    }
  }

  /** Findings that take too long are saved when the campaign resumes. */
  private void keepRest(Ledger ledger) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Harvest harvest = ledger.snapshot().harvest();
    while (keeping.isPresent() || keeper.missing(harvest).isPresent()) {
      Duration left = LONGEST_KEEPING.minusNanos(System.nanoTime() - start);
      if (left.isNegative() || !finishKeeping(left)) {
        return;
      }
      keepNext(harvest);
    }
  }

  private CampaignReport write(Ledger ledger, Ending ending, Members members) throws IOException {
    CampaignReport report = report(ledger, ending);
    Snapshot so = ledger.snapshot();
    folder.write(new Known(so, report.took().toMillis()));
    members.written(so.done());
    ReportFiles.write(report, folder.path());
    return report;
  }

  private CampaignReport report(Ledger ledger, Ending ending) {
    Snapshot so = ledger.snapshot();
    Harvest before = folder.known().snapshot().harvest();
    Pace pace =
        new Pace(
            so.harvest().seeds() - before.seeds(),
            so.harvest().sessions() - before.sessions(),
            took());
    return new CampaignReport(
        plan,
        so.harvest(),
        keeper.kept(),
        so.lost().entrySet().stream().map(this::lost).toList(),
        Duration.ofMillis(folder.known().millis()).plus(pace.took()),
        pace,
        ledger.shares(),
        ending);
  }

  private LostRange lost(Map.Entry<Integer, Long> lost) {
    Plan.Range range = plan.range(lost.getKey());
    Plan.Assignment of = range.assignment();
    return new LostRange(of.plugin(), of.work(), of.profile(), range.seeds(), lost.getValue());
  }
}
