package dev.nommu.campaign.cluster;

import com.hazelcast.map.IMap;
import java.util.Map;
import java.util.Set;

/**
 * What the members of a campaign share; of each, another member has a copy. Each entry has one
 * member that writes it.
 *
 * @param facts what is run, by which member it was begun
 * @param orders of each member: what it shall run
 * @param accounts of each member that is ready: how far it is
 * @param results of ranges, until the first member has written them down
 * @param jars of the plugins, by their names
 */
record SharedCampaign(
    IMap<String, String> facts,
    IMap<String, String> orders,
    IMap<String, String> accounts,
    IMap<Integer, String> results,
    IMap<String, byte[]> jars) {
  static final String PLAN = "plan";
  static final String FIRST = "first";

  /** What a member has to know. */
  static final Set<String> OF_A_MEMBER = Set.of(PLAN, FIRST);

  static SharedCampaign of(Cluster cluster) {
    return new SharedCampaign(
        cluster.map("facts"),
        cluster.map("orders"),
        cluster.map("accounts"),
        cluster.map("results"),
        cluster.map("jars"));
  }

  /** Writes what is not there. */
  void publish(Map<String, String> ownFacts, Map<String, byte[]> ownJars) {
    facts.putAll(ownFacts);
    ownJars.forEach((name, jar) -> {
      if (!jars.containsKey(name)) {
        jars.set(name, jar);
      }
    });
  }
}
