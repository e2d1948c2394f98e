package dev.nommu.campaign.cluster;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import dev.nommu.campaign.Lease;
import dev.nommu.campaign.Plan;
import dev.nommu.campaign.RangeRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A member of another process's campaign. To be used by one thread; {@link #stop} may be called by
 * any.
 */
public final class Joined implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);

  /** The least work to ask for: the first member may be busy with its own sessions for a while. */
  private static final Duration LEAST_AHEAD = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final SharedCampaign shared;
  private final Plan plan;
  private final String first;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<Integer, String> unsent = new HashMap<>();
  private long ranges;
  private long accounts;
  private long accounted = System.nanoTime();

  /** Why a member no longer works. */
  public enum Ending {
    /** All seeds were run, or the first member was stopped. */
    CAMPAIGN_OVER,

    /** The first member has died or cannot be reached. */
    FIRST_GONE,

    /** This member was stopped. */
    STOPPED
  }

  private Joined(Cluster cluster, SharedCampaign shared, Plan plan, String first) {
    this.cluster = cluster;
    this.shared = shared;
    this.plan = plan;
    this.first = first;
  }

  /**
   * Joins a campaign.
   *
   * @param own the endpoint of this member
   * @param member the first member of the campaign, or any other
   * @throws IOException if it does not answer, or has another secret or version; the message states
   *     which
   */
  public static Joined at(Endpoint own, Endpoint member, Secret secret) throws IOException {
    Cluster cluster = Cluster.join(own, member, secret);
    try {
      SharedCampaign shared = SharedCampaign.of(cluster);
      Map<String, String> facts = shared.facts().getAll(SharedCampaign.OF_A_MEMBER);
      if (!facts.keySet().equals(SharedCampaign.OF_A_MEMBER)) {
        throw new IOException(member + ": the campaign is over");
      }
      Plan plan = Plan.parse(fact(facts, SharedCampaign.PLAN));
      return new Joined(cluster, shared, plan, fact(facts, SharedCampaign.FIRST));
    } catch (IOException over) {
      cluster.close();
      throw over;
    } catch (HazelcastException
        | HazelcastInstanceNotActiveException
        | RejectedExecutionException gone) {
      cluster.close();
      throw new IOException(member + ": the campaign has ended meanwhile", gone);
    }
  }

  private static String fact(Map<String, String> facts, String name) {
    return Optional.ofNullable(facts.get(name)).orElseThrow();
  }

  /** Returns the plan. */
  public Plan plan() {
    return plan;
  }

  /** Returns the jars of the plugins, by name. */
  public Map<String, byte[]> jars() {
    return new HashMap<>(shared.jars().getAll(shared.jars().keySet()));
  }

  /** Returns the number of ranges this member has run. */
  public long ranges() {
    return ranges;
  }

  /** Stops it soon. */
  public void stop() {
    stopped.countDown();
  }

  /** Works until it is stopped, the campaign is over, or the first member has gone. */
  public Ending work(RangeRun run) throws InterruptedException {
    Optional<Ending> ending = Optional.empty();
    while (ending.isEmpty()) {
      try {
        ending = exchange(run);
      } catch (HazelcastInstanceNotActiveException cutOff) {
        ending = Optional.of(Ending.FIRST_GONE);
      } catch (HazelcastException | RejectedExecutionException interrupted) {
        // a member has gone or does not answer, or the cluster is being formed anew
      }
      if (stopped.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        ending = ending.or(() -> Optional.of(Ending.STOPPED));
      }
    }
    return ending.get();
  }

  /** Results are sent before the account that no longer lists their ranges. */
  private Optional<Ending> exchange(RangeRun run) {
    boolean isGone = !cluster.members().contains(first);
    Orders orders =
        Optional.ofNullable(shared.orders().get(cluster.own()))
            .map(Orders::parse)
            .orElse(Orders.NONE);
    if (orders.equals(Orders.STOP)) {
      return Optional.of(Ending.CAMPAIGN_OVER);
    }
    if (isGone) {
      return Optional.of(Ending.FIRST_GONE);
    }
    run.run(orders.leases());
    send(run.results());
    shared.accounts().set(cluster.own(), account(run).toJson());
    return Optional.empty();
  }

  /** Enough work to stay busy, however long this takes. */
  private Account account(RangeRun run) {
    long now = System.nanoTime();
    Duration sinceLast = Duration.ofNanos(now - accounted);
    accounted = now;
    Duration ahead = sinceLast.plus(TICK).multipliedBy(3);
    return Account.of(run, accounts++, run.wanted(Collections.max(List.of(ahead, LEAST_AHEAD))));
  }

  private void send(Map<Lease, String> results) {
    ranges += results.size();
    results.forEach((lease, text) -> unsent.put(lease.range(), new Result(lease, text).toJson()));
    if (!unsent.isEmpty()) {
      shared.results().setAll(unsent);
      unsent.clear();
    }
  }

  /** Leaves the others; while they work, this member's shared data passes to them. */
  @Override
  public void close() {
    if (isStopped()) {
      cluster.leave();
    } else {
      cluster.close();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }
}
