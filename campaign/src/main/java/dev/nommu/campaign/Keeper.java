package dev.nommu.campaign;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Saves a shrunk capsule of each cause: that of the first seed or, for a difference, of the
 * shortest session. Thread-safe; one thread at a time shrinks.
 */
final class Keeper {
  private static final String FOUND = "found.json";

  private final Path capsules;
  private final Plan plan;
  private final Trials trials;
  private final Map<Cause, KeptFinding> kept = new TreeMap<>();

  /**
   * Creates a keeper with the findings already saved.
   *
   * @param capsules the folder of all capsules
   * @param trials shrink the findings
   */
  Keeper(Path capsules, Plan plan, Trials trials) {
    this.capsules = capsules;
    this.plan = plan;
    this.trials = trials;
  }

  /** Returns the saved findings. */
  synchronized Map<Cause, KeptFinding> kept() {
    return Map.copyOf(kept);
  }

  /** Returns a finding that is not saved, or was saved from another seed. */
  Optional<Map.Entry<Cause, Sighting>> missing(Harvest harvest) throws IOException {
    for (Map.Entry<Cause, Sighting> each : new TreeMap<>(harvest.sightings()).entrySet()) {
      if (!isKept(each.getKey(), each.getValue())) {
        return Optional.of(Map.entry(each.getKey(), each.getValue()));
      }
    }
    return Optional.empty();
  }

  private synchronized boolean isKept(Cause cause, Sighting sighting) throws IOException {
    if (!kept.containsKey(cause)) {
      read(capsules.resolve(cause.folderName()).resolve(FOUND))
          .filter(found -> cause.equals(found.cause()))
          .ifPresent(found -> kept.put(cause, found));
    }
    return Optional.ofNullable(kept.get(cause))
        .filter(found -> found.seed() == sighting.seed())
        .isPresent();
  }

  private static Optional<KeptFinding> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(StateText.readFinding(Files.readString(file)));
    } catch (JsonParseException malformed) {
      return Optional.empty(); // it is made again
    }
  }

  /** Shrinks a finding and saves it, replacing the previous one of its cause. */
  void keep(Cause cause, Sighting sighting) throws IOException {
    Trial.Kept least = trials.keep(cause, sighting);
    KeptFinding found =
        new KeptFinding(
            cause,
            sighting.seed(),
            sighting.what(),
            least.capsule().session().steps().size(),
            least.capsule().version(),
            Runtime.version().toString(),
            plan.digest(),
            least.capsule().session().steps(),
            least.notes());
    Path made = capsules.resolve("." + cause.folderName());
    WholeFile.delete(made);
    least.capsule().write(made);
    WholeFile.write(made.resolve(FOUND), StateText.write(found));
    WholeFile.replace(capsules.resolve(cause.folderName()), made);
    synchronized (this) {
      kept.put(cause, found);
    }
  }
}
