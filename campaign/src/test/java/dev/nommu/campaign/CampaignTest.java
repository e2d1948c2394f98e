package dev.nommu.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.nommu.api.Profile;
import dev.nommu.campaign.CampaignReport.Ending;
import dev.nommu.campaign.Slate.Page;
import dev.nommu.tck.Service;
import dev.nommu.tck.session.Capsule;
import dev.nommu.tck.session.Coverage.Kind;
import dev.nommu.tck.session.Model;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Sessions.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All seeds are run, what is wrong is found once for each cause, and nothing is lost by a stop. */
final class CampaignTest {
  private static final Seeds SEEDS = new Seeds(1, 60);
  private static final int STEPS = 20;
  private static final Conditions TWO_THREADS = Conditions.allProcessors().on(2);
  private static final Cause OVERFLOW =
      new Cause(
          Slate.TYPE,
          Work.SESSIONS,
          "document",
          "PLUGIN-01",
          Slate.Overflowing.class.getName() + ".write");

  @TempDir private Path directory;

  private static Plan plan(Work work, Seeds seeds) {
    return new Plan(
        Capsule.VERSION,
        List.of(Slate.TYPE),
        "",
        "",
        List.of(work),
        List.of(Profile.DOCUMENT),
        seeds,
        STEPS);
  }

  private CampaignReport run(String name, Plan plan, Supplier<Page> maker) throws Exception {
    return run(name, plan, maker, TWO_THREADS);
  }

  private CampaignReport run(String name, Plan plan, Supplier<Page> maker, Conditions conditions)
      throws Exception {
    try (CampaignFolder folder = CampaignFolder.create(directory.resolve(name), plan)) {
      return new Campaign(folder, List.of(Slate.tested(maker))).run(conditions, so -> {});
    }
  }

  @Test
  void soundPlugin_isFoundSound_andSeenToBeReached() throws Exception {
    CampaignReport report = run("a", plan(Work.SESSIONS, SEEDS), Page::new);
    assertThat(report.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(report.isSound()).isTrue();
    assertThat(report.harvest().seeds()).isEqualTo(SEEDS.count());
    assertThat(report.harvest().reached(Kind.ANSWER))
        .containsKeys("Slate$Page.write: ENOSPC", "Slate$Page.write: a number");
    assertThat(report.harvest().reached(Kind.OUTCOME))
        .containsKeys("open: success", "pwrite: ENOSPC");
    assertThat(report.harvest().reached(Kind.RULE)).isNotEmpty();
  }

  @Test
  void plantedFault_isToldOnce_withItsCountAndFirstSeed_andACapsuleThatFails() throws Exception {
    CampaignReport report = run("a", plan(Work.SESSIONS, SEEDS), Slate.Overflowing::new);
    assertThat(report.harvest().sightings()).containsOnlyKeys(OVERFLOW);
    Sighting sighting = report.harvest().sightings().get(OVERFLOW);
    List<Long> failing = seedsThatFail();
    assertThat(sighting.count()).isEqualTo(failing.size());
    assertThat(sighting.firstSeed()).isEqualTo(failing.getFirst());
    Path kept = directory.resolve("a").resolve(report.kept().get(OVERFLOW).capsule());
    Capsule capsule = Capsule.read(kept);
    assertThat(capsule.session().steps()).hasSize(2);
    assertThat(capsule.replay(Slate.path(Slate.Overflowing::new), Service.OF_API).wrong())
        .isNotEmpty();
    assertThat(capsule.replay(Slate.path(Page::new), Service.OF_API).wrong()).isEmpty();
  }

  /** As what {@code nommu check} runs finds them. */
  private static List<Long> seedsThatFail() throws Exception {
    TestedPlugin plugin = Slate.tested(Slate.Overflowing::new);
    Sessions sessions =
        new Sessions(plugin.subject(), Profile.DOCUMENT, plugin.targets(), Model.NONE, STEPS);
    return sessions.run(LongStream.rangeClosed(SEEDS.first(), SEEDS.last()), seed -> {}).stream()
        .filter(Result::isWrong)
        .map(Result::seed)
        .toList();
  }

  @Test
  void campaignThatIsStopped_goesOn_andComesToTheSame() throws Exception {
    Plan plan = plan(Work.SESSIONS, SEEDS);
    CampaignReport whole = run("whole", plan, Slate.Overflowing::new);
    Path place = directory.resolve("stopped");
    CampaignReport half;
    try (CampaignFolder folder = CampaignFolder.create(place, plan)) {
      half = runHalf(folder);
    }
    assertThat(half.ending()).isEqualTo(Ending.STOPPED);
    assertThat(half.harvest().seeds()).isBetween(1L, SEEDS.count() - 1);
    try (CampaignFolder folder = CampaignFolder.open(place)) {
      List<TestedPlugin> plugins = List.of(Slate.tested(Slate.Overflowing::new));
      CampaignReport rest = new Campaign(folder, plugins).run(TWO_THREADS, so -> {});
      assertThat(rest.harvest()).isEqualTo(whole.harvest());
      assertThat(rest.kept()).isEqualTo(whole.kept());
      assertThat(rest.pace().seeds()).isEqualTo(SEEDS.count() - half.harvest().seeds());
    }
  }

  /** The plugin stops it, from the half of the seeds. */
  private static CampaignReport runHalf(CampaignFolder folder) throws Exception {
    AtomicInteger machines = new AtomicInteger();
    AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
    Supplier<Page> stopping =
        () -> {
          if (machines.incrementAndGet() > SEEDS.count() / 2) {
            stop.get().run();
          }
          return new Slate.Overflowing();
        };
    Campaign campaign = new Campaign(folder, List.of(Slate.tested(stopping)));
    stop.set(campaign::stop);
    return campaign.run(TWO_THREADS.on(1), so -> {});
  }

  @Test
  void timeThatIsOver_endsIt() throws Exception {
    Plan endless = plan(Work.SESSIONS, new Seeds(1, 1_000_000));
    CampaignReport report = run("a", endless, Page::new, TWO_THREADS.within(Duration.ZERO));
    assertThat(report.ending()).isEqualTo(Ending.OUT_OF_TIME);
  }

  @Test
  void seedThatDoesNotComeBack_isGivenUp_andTheOthersAreRun() throws Exception {
    Seeds seeds = new Seeds(1, 20);
    Conditions impatient = new Conditions(2, Duration.ofMinutes(5), Duration.ofMillis(1500));
    CampaignReport report = run("a", plan(Work.SESSIONS, seeds), Slate.Hanging::new, impatient);
    assertThat(report.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(report.lost()).isNotEmpty();
    assertThat(report.isSound()).isFalse();
    assertThat(report.harvest().seeds() + report.lost().size()).isEqualTo(seeds.count());
  }

  @Test
  void faultSweep_letsEachCallFail() throws Exception {
    Seeds seeds = new Seeds(1, 10);
    CampaignReport report = run("a", plan(Work.FAULTS, seeds), Page::new);
    assertThat(report.harvest().sessions()).isGreaterThan(5 * seeds.count());
    assertThat(report.harvest().reached(Kind.FAULT)).isNotEmpty();
    assertThat(report.isSound()).isTrue();
  }

  @Test
  void folder_isOneCampaigns() throws Exception {
    Plan plan = plan(Work.SESSIONS, SEEDS);
    try (CampaignFolder folder = CampaignFolder.create(directory, plan)) {
      assertThatIOException()
          .isThrownBy(() -> CampaignFolder.open(folder.path()))
          .withMessageContaining("another process runs this campaign");
    }
    assertThatIOException()
        .isThrownBy(() -> CampaignFolder.create(directory, plan))
        .withMessageContaining("expected no campaign, found one");
    Files.writeString(directory.resolve("plan.json"), "{ \"seeds\": ");
    assertThatIOException()
        .isThrownBy(() -> CampaignFolder.open(directory))
        .withMessageStartingWith(directory.resolve("plan.json").toString());
  }

  @Test
  void results_areTheSameInWhicheverOrderTheyCome() throws Exception {
    Plan plan = plan(Work.SESSIONS, SEEDS);
    Trials trials = new Trials(plan, List.of(Slate.tested(Slate.Overflowing::new)));
    Harvest forwards = Harvest.NONE;
    Harvest backwards = Harvest.NONE;
    for (int number = 0; number < plan.ranges(); number++) {
      Harvest part = trials.run(plan.range(number), seed -> true).orElseThrow();
      assertThat(StateText.readHarvest(StateText.write(part))).isEqualTo(part);
      forwards = forwards.plus(part);
      backwards = part.plus(backwards);
    }
    assertThat(backwards).isEqualTo(forwards);
    assertThat(forwards.sightings()).isNotEqualTo(Map.of());
  }
}
