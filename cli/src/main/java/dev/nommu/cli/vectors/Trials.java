package dev.nommu.cli.vectors;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Profile;
import dev.nommu.kernel.mmap.Capabilities;
import dev.nommu.kernel.mmap.FileFacts;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.Rule;
import dev.nommu.kernel.rules.MmapRules;
import dev.nommu.tck.trail.Decision;
import dev.nommu.tck.trail.RecordedTrail;
import dev.nommu.tck.trail.TrailStep;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes requests, with every possible sequence of a driver's answers. */
final class Trials implements AutoCloseable {
  private final Map<Profile, MmapRules> rules = new EnumMap<>(Profile.class);

  private Trials() throws ErrnoException {
    for (Profile profile : Profile.values()) {
      rules.put(profile, MmapRules.of(profile));
    }
  }

  /**
   * Returns the trials of every profile.
   *
   * @throws ErrnoException ENOMEM if the host has no memory for copies
   */
  static Trials open() throws ErrnoException {
    return new Trials();
  }

  /**
   * Returns the outcome of a request whose driver gives the first possible answer to everything.
   */
  TestVector first(Situation situation) {
    return vector(situation, ScriptedDriver.first());
  }

  /** Returns the outcomes of a request: one vector for each sequence of answers. */
  Stream<TestVector> all(Situation situation) {
    return Stream.iterate(
            Optional.of(ScriptedDriver.first()), Optional::isPresent, last -> last.get().next())
        .map(driver -> vector(situation, driver.get()));
  }

  private TestVector vector(Situation situation, ScriptedDriver driver) {
    RecordedTrail trail = new RecordedTrail();
    TestVector.Use use = use(situation, driver, trail);
    Decision decision =
        Decision.of(trail.steps())
            .orElseThrow(() -> new IllegalStateException("nobody decided: " + situation));
    return new TestVector(situation, driver.answers(), decision, because(trail.steps()), use);
  }

  private TestVector.Use use(Situation situation, ScriptedDriver driver, RecordedTrail trail) {
    try {
      MappedRegion mapped = map(situation, driver, trail);
      return mapped.shareable() ? TestVector.Use.SHAREABLE : TestVector.Use.OWN;
    } catch (ErrnoException _) {
      return TestVector.Use.NONE;
    }
  }

  private MappedRegion map(Situation situation, ScriptedDriver driver, RecordedTrail trail)
      throws ErrnoException {
    MmapRules rules = Objects.requireNonNull(this.rules.get(situation.profile()));
    Optional<FileFacts> file = situation.file();
    return file.isPresent()
        ? rules.mapFile(situation.request(), file.get(), driver, trail)
        : rules.mapAnonymous(situation.request(), trail);
  }

  private static List<Rule> because(List<TrailStep> steps) {
    List<Rule> rules = new ArrayList<>();
    Capabilities before = Capabilities.NONE;
    for (TrailStep step : steps) {
      switch (step) {
        case TrailStep.Left(Rule rule, Capabilities left) -> {
          if (isSource(rule) || !left.equals(before)) {
            rules.add(rule);
          }
          before = left;
        }
        case TrailStep.Applied(Rule rule) when rule != Rule.TRIM_02 -> rules.add(rule);
        default -> {}
      }
    }
    return rules;
  }

  /** A file's initial content is stated even if it is empty. */
  private static boolean isSource(Rule rule) {
    return rule == Rule.BDI_02 || rule == Rule.BDI_03;
  }

  @Override
  public void close() {
    rules.values().forEach(MmapRules::close);
  }
}
