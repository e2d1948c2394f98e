package dev.nommu.campaign.cluster;

import com.hazelcast.map.IMap;
import java.util.Map;
import java.util.Set;

/**
 * The data shared by the members of a campaign, each entry with a copy on another member. Each
 * entry is written by one member.
 *
 * @param facts the plan, and the member that started it
 * @param orders for each member
 * @param accounts of each member that is ready
 * @param results of ranges, until the first member has saved them
 * @param jars of the plugins, by name
 */
record SharedCampaign(
    IMap<String, String> facts,
    IMap<String, String> orders,
    IMap<String, String> accounts,
    IMap<Integer, String> results,
    IMap<String, byte[]> jars) {
  static final String PLAN = "plan";
  static final String FIRST = "first";

  /** The facts a member needs. */
  static final Set<String> OF_A_MEMBER = Set.of(PLAN, FIRST);

  static SharedCampaign of(Cluster cluster) {
    return new SharedCampaign(
        cluster.map("facts"),
        cluster.map("orders"),
        cluster.map("accounts"),
        cluster.map("results"),
        cluster.map("jars"));
  }

  /** Writes missing entries. */
  void publish(Map<String, String> ownFacts, Map<String, byte[]> ownJars) {
    facts.putAll(ownFacts);
    ownJars.forEach((name, jar) -> {
      if (!jars.containsKey(name)) {
        jars.set(name, jar);
      }
    });
  }
}
