package dev.nommu.cli.fit;

import dev.nommu.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/**
 * The programs and files that must fit.
 *
 * @param programs paths of executables, each for a separate process, in order of loading
 * @param scenario the calls to make afterwards
 */
record Workload(List<String> programs, Optional<Scenario> scenario) {
  /** Takes an immutable copy. */
  Workload {
    programs = List.copyOf(programs);
  }

  /** Returns the same with other programs. */
  Workload with(List<String> others) {
    return new Workload(others, scenario);
  }
}
