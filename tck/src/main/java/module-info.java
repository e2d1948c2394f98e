/**
 * The contract of a plugin, rule by rule. Begin with {@link dev.nommu.tck.Contract}; with JUnit,
 * use {@code dev.nommu.junit}, which runs these contracts as tests.
 */
module dev.nommu.tck {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.kernel;
  requires dev.nommu.scenario;
  requires com.google.gson;
  requires java.management;
  requires static transitive org.jspecify;

  exports dev.nommu.tck;
  exports dev.nommu.tck.device;
  exports dev.nommu.tck.exec;
  exports dev.nommu.tck.fault;
  exports dev.nommu.tck.fs;
  exports dev.nommu.tck.interpose;
  exports dev.nommu.tck.mapping;
  exports dev.nommu.tck.session;
  exports dev.nommu.tck.trail;
}
