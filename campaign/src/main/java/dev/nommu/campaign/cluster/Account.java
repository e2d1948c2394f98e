package dev.nommu.campaign.cluster;

import com.google.gson.Gson;
import dev.nommu.campaign.Lease;
import dev.nommu.campaign.RangeRun;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A member's report of its state. Leases are identified by their turn.
 *
 * @param number of earlier accounts: it does not increase if the member hangs
 * @param wanted how many ranges it needs to stay busy
 * @param waiting the leases it has not started
 * @param seeds the current seed of each running lease
 */
record Account(long number, int wanted, Set<Integer> waiting, Map<Integer, Long> seeds) {
  /** The account of a member that has not reported yet. */
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
