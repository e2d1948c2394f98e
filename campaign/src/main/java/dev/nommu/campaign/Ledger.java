package dev.nommu.campaign;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Who runs which range. A range that is not renewed in time, or whose holder has gone, is leased
 * again; one that was lost several times is given up. Whatever comes of a range counts once.
 * Thread-safe.
 */
final class Ledger {
  private static final int MOST_TRIES = 3;

  private final int ranges;
  private final long patienceNanos;
  private final LongSupplier nanos;
  private final BitSet done;
  private final Map<Integer, Long> lost;
  private final Map<Integer, Integer> tries = new HashMap<>();
  private final Map<Integer, Held> held = new HashMap<>();
  private final Map<String, Long> shares = new TreeMap<>();
  private final Queue<Integer> returned = new ArrayDeque<>();
  private Harvest harvest;
  private int next;
  private int turns;

  /**
   * A range that somebody runs.
   *
   * @param range its number
   * @param holder who
   * @param turn tells this lease from all earlier and later ones
   */
  record Lease(int range, String holder, int turn) {}

  /**
   * What is known so far.
   *
   * @param done which ranges were run
   * @param lost ranges that were given up, each with the seed at which it was lost
   * @param harvest what came of those that were run
   */
  record Snapshot(BitSet done, Map<Integer, Long> lost, Harvest harvest) {
    /** Of a campaign that begins. */
    static final Snapshot NONE = new Snapshot(new BitSet(), Map.of(), Harvest.NONE);

    /** Takes an immutable copy. */
    Snapshot {
      lost = Map.copyOf(lost);
    }
  }

  private record Held(Lease lease, long renewed, long seed) {}

  /**
   * Creates one.
   *
   * @param ranges how many there are
   * @param patience how long a lease lasts that is not renewed
   * @param nanos a clock
   */
  Ledger(int ranges, Snapshot so, Duration patience, LongSupplier nanos) {
    this.ranges = ranges;
    this.patienceNanos = patience.toNanos();
    this.nanos = nanos;
    this.done = (BitSet) so.done().clone();
    this.lost = new TreeMap<>(so.lost());
    this.harvest = so.harvest();
  }

  /** Leases a range, if one is left that nobody runs. */
  synchronized Optional<Lease> lease(String holder) {
    expire();
    Optional<Integer> range = Optional.ofNullable(returned.poll()).or(this::nextNew);
    return range.map(number -> {
      tries.merge(number, 1, Integer::sum);
      Lease lease = new Lease(number, holder, turns++);
      held.put(number, new Held(lease, nanos.getAsLong(), Long.MIN_VALUE));
      return lease;
    });
  }

  private Optional<Integer> nextNew() {
    while (next < ranges && (done.get(next) || lost.containsKey(next))) {
      next++;
    }
    return next < ranges ? Optional.of(next++) : Optional.empty();
  }

  private void expire() {
    long now = nanos.getAsLong();
    List<Held> late =
        held.values().stream().filter(each -> now - each.renewed() > patienceNanos).toList();
    late.forEach(this::takeBack);
  }

  private void takeBack(Held each) {
    int range = each.lease().range();
    held.remove(range);
    if (tries.getOrDefault(range, 0) < MOST_TRIES) {
      returned.add(range);
    } else {
      lost.put(range, each.seed());
    }
  }

  /**
   * Says that the holder is at work.
   *
   * @param seed that is run now
   * @return whether the lease is still its own
   */
  synchronized boolean renew(Lease lease, long seed) {
    if (!isHeld(lease)) {
      return false;
    }
    held.put(lease.range(), new Held(lease, nanos.getAsLong(), seed));
    return true;
  }

  /** Returns whether a lease is neither over nor given back. */
  synchronized boolean isHeld(Lease lease) {
    expire();
    return lease.equals(Optional.ofNullable(held.get(lease.range())).map(Held::lease).orElse(null));
  }

  /** Takes a range back that its holder does not finish, through no fault of the range. */
  synchronized void giveBack(Lease lease) {
    if (isHeld(lease)) {
      held.remove(lease.range());
      tries.merge(lease.range(), -1, Integer::sum);
      returned.add(lease.range());
    }
  }

  /** Takes all ranges back of a holder that has gone: any of them may be what ended it. */
  synchronized void gone(String holder) {
    List<Held> its =
        new ArrayList<>(held.values())
            .stream().filter(each -> each.lease().holder().equals(holder)).toList();
    its.forEach(this::takeBack);
  }

  /**
   * Enters what came of a range. It counts even if the lease is over: the range was run.
   *
   * @return whether it was not known yet
   */
  synchronized boolean complete(int range, String holder, Harvest result) {
    if (done.get(range)) {
      return false;
    }
    done.set(range);
    lost.remove(range);
    returned.remove(range);
    held.remove(range);
    tries.remove(range);
    shares.merge(holder, result.seeds(), Long::sum);
    harvest = harvest.plus(result);
    return true;
  }

  /** Returns what is known so far. */
  synchronized Snapshot snapshot() {
    return new Snapshot((BitSet) done.clone(), lost, harvest);
  }

  /** Returns how many seeds each holder has run. */
  synchronized Map<String, Long> shares() {
    return Map.copyOf(shares);
  }

  /** Returns whether each range was run or given up. */
  synchronized boolean isComplete() {
    expire();
    return done.cardinality() + lost.size() == ranges;
  }
}
