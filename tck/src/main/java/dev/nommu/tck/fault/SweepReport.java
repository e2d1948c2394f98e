package dev.nommu.tck.fault;

import dev.nommu.tck.fault.FaultMenu.Dish;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The outcome of a sweep.
 *
 * @param plain the outcomes of the calls without a fault
 * @param swept each run with a fault, in order
 */
public record SweepReport(Map<Operation, Tally> plain, List<Swept> swept) {
  /** The report of no sweep. */
  public static final SweepReport NONE = new SweepReport(Map.of(), List.of());

  /** Takes immutable copies. */
  public SweepReport {
    plain = Map.copyOf(plain);
    swept = List.copyOf(swept);
  }

  /** Returns the sum of both, as if of one sweep. */
  public SweepReport plus(SweepReport other) {
    Map<Operation, Tally> calls = new EnumMap<>(Operation.class);
    calls.putAll(plain);
    other.plain.forEach((what, tally) -> calls.merge(what, tally, Tally::plus));
    return new SweepReport(calls, Stream.concat(swept.stream(), other.swept.stream()).toList());
  }

  /** Returns the part of it in which a kind of call went wrong in one way. */
  public SweepReport of(Dish dish) {
    return new SweepReport(
        plain, swept.stream().filter(each -> dish.equals(each.fault().dish())).toList());
  }

  /** Returns the number of faults that happened. */
  public long reached() {
    return swept.stream().filter(Swept::reached).count();
  }

  /** Returns the outcomes of the calls of each faulted kind, with and without a fault. */
  public Map<Operation, Tally> outcomes() {
    Map<Operation, Tally> outcomes = new EnumMap<>(Operation.class);
    for (Swept each : swept) {
      Operation what = each.fault().what();
      outcomes.putIfAbsent(what, plain.getOrDefault(what, Tally.NONE));
      outcomes.merge(what, each.tally(), Tally::plus);
    }
    return outcomes;
  }

  /** Returns the runs with errors. */
  public List<Swept> wrong() {
    return swept.stream().filter(each -> !each.wrong().isEmpty()).toList();
  }

  /**
   * Returns the gaps of the sweep: faults that were not reached, and kinds of calls of which none
   * failed, or none succeeded, with or without a fault. Empty if it is complete.
   */
  public List<String> unproven() {
    List<String> missing = new ArrayList<>();
    swept.stream()
        .filter(each -> !each.reached())
        .map(each -> each.fault() + ": was not reached")
        .forEach(missing::add);
    tallies().forEach((dish, tally) -> missing.addAll(unproven(dish, tally)));
    return missing;
  }

  private Map<Dish, Tally> tallies() {
    Map<Dish, Tally> tallies = new LinkedHashMap<>();
    for (Swept each : swept) {
      Dish dish = each.fault().dish();
      tallies.putIfAbsent(dish, plain.getOrDefault(dish.what(), Tally.NONE));
      tallies.merge(dish, each.tally(), Tally::plus);
    }
    return tallies;
  }

  private static List<String> unproven(Dish dish, Tally tally) {
    List<String> missing = new ArrayList<>();
    if (tally.failed() == 0 && mayFail(dish.how())) {
      missing.add(dish + ": no call failed");
    }
    if (tally.succeeded() == 0) {
      missing.add(dish + ": no call succeeded");
    }
    return missing;
  }

  private static boolean mayFail(Effect how) {
    return !(how instanceof Effect.Shorten || how instanceof Effect.Late);
  }

  /** Returns the counts on one line. */
  @Override
  public String toString() {
    long failed = swept.stream().filter(each -> each.failure().isPresent()).count();
    return "%d faults, %d reached; the work failed %d times and succeeded %d times; %d wrong"
        .formatted(swept.size(), reached(), failed, swept.size() - failed, wrong().size());
  }
}
