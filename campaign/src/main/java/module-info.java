/**
 * Generated sessions of plugins, many more than a test has time for: leased ranges of seeds,
 * results that outlive the process, reports. Begin with {@link dev.nommu.campaign.Campaign}.
 */
module dev.nommu.campaign {
  requires transitive dev.nommu.api;
  requires transitive dev.nommu.kernel;
  requires transitive dev.nommu.tck;
  requires com.google.gson;
  requires com.hazelcast.core;
  requires dev.nommu.devicetree;
  requires java.logging;
  requires java.management;
  requires java.sql;
  requires java.xml;
  requires jdk.unsupported;
  requires static org.jspecify;

  exports dev.nommu.campaign;
  exports dev.nommu.campaign.cluster;

  opens dev.nommu.campaign to
      com.google.gson;
  opens dev.nommu.campaign.cluster to
      com.google.gson;
}
