/**
 * Tests of plugins with JUnit: contracts to extend, such as {@link
 * dev.nommu.junit.CharacterDeviceContract}, and machines as parameters, see {@link
 * dev.nommu.junit.Board}.
 */
module dev.nommu.junit {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.chardevfb;
  requires transitive dev.nommu.kernel;
  requires transitive dev.nommu.tck;
  requires transitive dev.nommu.scenario;
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports dev.nommu.junit;

  opens dev.nommu.junit to
      org.junit.platform.commons;
}
