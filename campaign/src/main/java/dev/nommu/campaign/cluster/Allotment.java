package dev.nommu.campaign.cluster;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.nommu.campaign.Lease;
import dev.nommu.campaign.Ranges;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** The ranges leased to other members. To be used by one thread. */
final class Allotment {
  private final Cluster cluster;
  private final SharedCampaign shared;
  private final Runnable publication;
  private final Map<String, Allotted> allotted = new HashMap<>();
  private final Set<Integer> entered = new HashSet<>();
  private Set<String> members = Set.of();

  /**
   * Creates one.
   *
   * @param publication publishes the data members need again: members that die together may have
   *     had the only copies
   */
  Allotment(Cluster cluster, SharedCampaign shared, Runnable publication) {
    this.cluster = cluster;
    this.shared = shared;
    this.publication = publication;
  }

  /**
   * Enters the results of members, takes back the ranges of members that have gone, and gives out
   * the ranges needed. Steps interrupted by a member's departure are done the next time.
   *
   * @param written the ranges whose results are on disk
   */
  void tend(Ranges ranges, BitSet written) {
    try {
      shared.results().forEach((range, result) -> enter(ranges, result, written.get(range)));
      meet(ranges, cluster.members());
      shared
          .accounts()
          .getAll(members)
          .forEach((member, account) -> attend(ranges, member, Account.parse(account)));
    } catch (HazelcastInstanceNotActiveException alone) {
      members.forEach(ranges::gone);
    } catch (HazelcastException | RejectedExecutionException interrupted) {
      // a member has gone or does not answer, or the cluster is being formed anew
    }
  }

  /** Tells all members to stop. */
  void end() {
    Map<String, String> orders = new HashMap<>();
    cluster.members().forEach(member -> orders.put(member, Orders.STOP.toJson()));
    shared.orders().setAll(orders);
  }

  private void enter(Ranges ranges, String text, boolean isWritten) {
    Result result = Result.parse(text);
    int range = result.lease().range();
    if (entered.add(range)) {
      ranges.enter(result.lease(), result.text());
    } else if (isWritten) {
      shared.results().delete(range);
      entered.remove(range);
    }
  }

  private void meet(Ranges ranges, Set<String> now) {
    if (now.equals(members)) {
      return;
    }
    for (String gone : members.stream().filter(member -> !now.contains(member)).toList()) {
      ranges.gone(gone);
      allotted.remove(gone);
      shared.orders().delete(gone);
      shared.accounts().delete(gone);
    }
    publication.run();
    members = now;
  }

  private void attend(Ranges ranges, String member, Account account) {
    Allotted its = allotted.computeIfAbsent(member, name -> new Allotted());
    its.hear(ranges, account);
    Orders orders = its.refilled(ranges, member, account.wanted());
    if (!orders.equals(its.sent)) {
      shared.orders().set(member, orders.toJson());
      its.sent = orders;
    }
  }

  /** The ranges of one member. */
  private static final class Allotted {
    private List<Lease> leases = List.of();
    private Account heard = Account.NONE;
    private Orders sent = Orders.NONE;

    /** A member that hangs sends no new account, and a thread that hangs stays at its seed. */
    void hear(Ranges ranges, Account account) {
      for (Lease lease : account.equals(heard) ? List.<Lease>of() : leases) {
        Optional<Long> seed = account.seed(lease);
        if (account.isWaiting(lease)) {
          ranges.keep(lease);
        } else if (seed.isPresent() && !seed.equals(heard.seed(lease))) {
          ranges.renew(lease, seed.get());
        }
      }
      heard = account;
    }

    Orders refilled(Ranges ranges, String member, int wanted) {
      List<Lease> all = new ArrayList<>(leases.stream().filter(ranges::isHeld).toList());
      Optional<Lease> next = Optional.empty();
      do {
        next = all.size() < wanted ? ranges.lease(member) : Optional.empty();
        next.ifPresent(all::add);
      } while (next.isPresent());
      leases = all;
      return Orders.run(all);
    }
  }
}
