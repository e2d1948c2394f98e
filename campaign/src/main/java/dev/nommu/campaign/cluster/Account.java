package dev.nommu.campaign.cluster;

import com.google.gson.Gson;
import dev.nommu.campaign.Lease;
import dev.nommu.campaign.RangeRun;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a member says of itself. A lease is told by its turn.
 *
 * @param number of accounts of it before this one: who hangs says nothing new
 * @param wanted how many ranges it shall have, so that it does not wait for the next
 * @param waiting which it has not begun
 * @param seeds where it is in those that it runs now
 */
record Account(long number, int wanted, Set<Integer> waiting, Map<Integer, Long> seeds) {
  /** Before a member has said anything. */
  static final Account NONE = new Account(-1, 0, Set.of(), Map.of());

  /** Takes immutable copies. */
  Account {
    waiting = Set.copyOf(waiting);
    seeds = Map.copyOf(seeds);
  }

  static Account of(RangeRun run, long number, int wanted) {
    return new Account(
        number,
        wanted,
        run.waiting().stream().map(Lease::turn).collect(Collectors.toSet()),
        run.seeds().entrySet().stream()
            .collect(Collectors.toMap(at -> at.getKey().turn(), Map.Entry::getValue)));
  }

  boolean isWaiting(Lease lease) {
    return waiting.contains(lease.turn());
  }

  Optional<Long> seed(Lease lease) {
    return Optional.ofNullable(seeds.get(lease.turn()));
  }

  static Account parse(String json) {
    return new Gson().fromJson(json, Account.class);
  }

  String toJson() {
    return new Gson().toJson(this);
  }
}
