package dev.nommu.campaign;

import com.google.gson.JsonParseException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The leases of all ranges. A range that is not renewed in time, or whose holder has gone, is
 * leased again; one that was lost several times is given up. The results of a range count once.
 * Thread-safe.
 */
final class Ledger implements Leases, Ranges {
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
   * The state so far.
   *
   * @param done the ranges that were run
   * @param lost ranges that were given up, each with the seed at which it was lost
   * @param harvest the results of those that were run
   */
  record Snapshot(BitSet done, Map<Integer, Long> lost, Harvest harvest) {
    /** The state of a new campaign. */
    static final Snapshot NONE = new Snapshot(new BitSet(), Map.of(), Harvest.NONE);

    /** Takes an immutable copy. */
    Snapshot {
      lost = Map.copyOf(lost);
    }
  }

  /**
   * A lease.
   *
   * @param seed the last seed started, if any
   */
  private record Held(Lease lease, long renewed, OptionalLong seed) {}

  /**
   * Creates one.
   *
   * @param ranges the number of ranges
   * @param patience how long a lease lasts without renewal
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

  @Override
  public synchronized Optional<Lease> lease(String holder) {
    expire();
    Optional<Integer> range = Optional.ofNullable(returned.poll()).or(this::nextNew);
    return range.map(number -> {
      tries.merge(number, 1, Integer::sum);
      Lease lease = new Lease(number, holder, turns++);
      hold(lease, OptionalLong.empty());
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

  /** A range that was not started cannot have killed its holder. */
  private void takeBack(Held each) {
    int range = each.lease().range();
    if (each.seed().isEmpty()) {
      release(range);
      return;
    }
    held.remove(range);
    if (tries.getOrDefault(range, 0) < MOST_TRIES) {
      returned.add(range);
    } else {
      lost.put(range, each.seed().getAsLong());
    }
  }

  @Override
  public synchronized void keep(Lease lease) {
    holding(lease).ifPresent(each -> hold(lease, each.seed()));
  }

  @Override
  public synchronized boolean renew(Lease lease, long seed) {
    Optional<Held> held = holding(lease);
    held.ifPresent(each -> hold(lease, OptionalLong.of(seed)));
    return held.isPresent();
  }

  private void hold(Lease lease, OptionalLong seed) {
    held.put(lease.range(), new Held(lease, nanos.getAsLong(), seed));
  }

  @Override
  public synchronized boolean isHeld(Lease lease) {
    return holding(lease).isPresent();
  }

  private Optional<Held> holding(Lease lease) {
    expire();
    return Optional.ofNullable(held.get(lease.range())).filter(each -> each.lease().equals(lease));
  }

  @Override
  public synchronized void giveBack(Lease lease) {
    if (isHeld(lease)) {
      release(lease.range());
    }
  }

  private void release(int range) {
    held.remove(range);
    tries.merge(range, -1, Integer::sum);
    returned.add(range);
  }

  /** Any of the ranges it had started may have killed it. */
  @Override
  public synchronized void gone(String holder) {
    List<Held> its =
        held.values().stream().filter(each -> each.lease().holder().equals(holder)).toList();
    its.forEach(this::takeBack);
  }

  @Override
  public void enter(Lease lease, String result) {
    try {
      complete(lease, StateText.readHarvest(result));
    } catch (JsonParseException malformed) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(lease, malformed.getMessage()), malformed);
    }
  }

  @Override
  public void complete(Lease lease, Harvest result) {
    complete(lease.range(), lease.holder(), result);
  }

  /**
   * Enters the results of a range. They count even if the lease has expired: the range was run.
   *
   * @return whether the results are new
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

  /** Returns the state so far. */
  synchronized Snapshot snapshot() {
    return new Snapshot((BitSet) done.clone(), lost, harvest);
  }

  /** Returns the number of seeds each holder has run. */
  synchronized Map<String, Long> shares() {
    return Map.copyOf(shares);
  }

  /** Returns whether each range was run or given up. */
  synchronized boolean isComplete() {
    expire();
    return done.cardinality() + lost.size() == ranges;
  }
}
