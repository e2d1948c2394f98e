/**
 * The notation of scenarios: lists of system calls that are run, written down with their results,
 * and compared with the results of a real kernel.
 */
module dev.nommu.scenario {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.kernel;
  requires static org.jspecify;

  exports dev.nommu.scenario;
}
