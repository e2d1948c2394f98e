package dev.nommu.tck.fault;

import dev.nommu.tck.fault.FaultMenu.Dish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a sweep.
 *
 * @param plain what became of the calls without a fault
 * @param swept each run with a fault, in order
 */
public record SweepReport(Map<Operation, Tally> plain, List<Swept> swept) {
  /** Takes immutable copies. */
  public SweepReport {
    plain = Map.copyOf(plain);
    swept = List.copyOf(swept);
  }

  /** Returns the runs in which something is wrong. */
  public List<Swept> wrong() {
    return swept.stream().filter(each -> !each.wrong().isEmpty()).toList();
  }

  /**
   * Returns what the sweep does not prove: faults that were not reached, and kinds of calls of
   * which none failed, or none succeeded, with or without a fault. Empty if it proves all.
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
      Dish dish = new Dish(each.fault().what(), each.fault().how());
      tallies.putIfAbsent(dish, plain.getOrDefault(dish.what(), Tally.NONE));
      tallies.merge(dish, each.tally(), Tally::plus);
    }
    return tallies;
  }

  private static List<String> unproven(Dish dish, Tally tally) {
    List<String> missing = new ArrayList<>();
    if (tally.failed() == 0 && mayFail(dish.how())) {
      missing.add("%s that %s: no call failed".formatted(dish.what(), dish.how()));
    }
    if (tally.succeeded() == 0) {
      missing.add("%s that %s: no call succeeded".formatted(dish.what(), dish.how()));
    }
    return missing;
  }

  private static boolean mayFail(Effect how) {
    return !(how instanceof Effect.Shorten || how instanceof Effect.Late);
  }

  /** Returns the counts on one line. */
  @Override
  public String toString() {
    long reached = swept.stream().filter(Swept::reached).count();
    long failed = swept.stream().filter(each -> each.failure().isPresent()).count();
    return "%d faults, %d reached; the work failed %d times and succeeded %d times; %d wrong"
        .formatted(swept.size(), reached, failed, swept.size() - failed, wrong().size());
  }
}
