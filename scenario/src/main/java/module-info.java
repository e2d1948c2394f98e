/**
 * The notation of scenarios: lists of system calls that are run, written down with their results,
 * and compared with what a real kernel answered.
 */
module dev.nommu.scenario {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.kernel;
  requires static org.jspecify;

  exports dev.nommu.scenario;
}
