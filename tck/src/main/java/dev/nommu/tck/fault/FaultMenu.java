package dev.nommu.tck.fault;

import dev.nommu.api.Errno;
import dev.nommu.tck.fault.Effect.Damage;
import dev.nommu.tck.fault.Effect.Fail;
import dev.nommu.tck.fault.Effect.Late;
import dev.nommu.tck.fault.Effect.PowerLoss;
import dev.nommu.tck.fault.Effect.Shorten;
import dev.nommu.tck.fault.Effect.Tear;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The faults of a sweep. Immutable.
 *
 * @param dishes the kinds, each tried for every n
 */
public record FaultMenu(List<Dish> dishes) {
  /** All faults that a plugin must handle. */
  public static final FaultMenu ALL =
      new FaultMenu(
          List.of(
              new Dish(Operation.READ, new Fail(Errno.EIO)),
              new Dish(Operation.READ, new Shorten()),
              new Dish(Operation.READ, new Tear()),
              new Dish(Operation.WRITE, new Fail(Errno.EIO)),
              new Dish(Operation.WRITE, new Fail(Errno.ENOSPC)),
              new Dish(Operation.WRITE, new Shorten()),
              new Dish(Operation.WRITE, new Tear()),
              new Dish(Operation.WRITE, new PowerLoss(Damage.CLEAN)),
              new Dish(Operation.WRITE, new PowerLoss(Damage.TORN)),
              new Dish(Operation.ERASE, new Fail(Errno.EIO)),
              new Dish(Operation.ERASE, new Tear()),
              new Dish(Operation.ALLOCATION, new Fail(Errno.ENOMEM)),
              new Dish(Operation.DRIVER_CALL, new Fail(Errno.EIO)),
              new Dish(Operation.DRIVER_CALL, new Late()),
              new Dish(Operation.HOST_OPERATION, new Fail(Errno.EIO)),
              new Dish(Operation.HOST_OPERATION, new Tear()),
              new Dish(Operation.STORE, new PowerLoss(Damage.CLEAN)),
              new Dish(Operation.STORE, new PowerLoss(Damage.TORN))));

  /** Takes an immutable copy. */
  public FaultMenu {
    dishes = List.copyOf(dishes);
  }

  /** A kind of call, and how it goes wrong. */
  public record Dish(Operation what, Effect how) {
    /** Returns it as {@code allocation that fails with ENOMEM}. */
    @Override
    public String toString() {
      return "%s that %s".formatted(what, how);
    }
  }

  /**
   * Returns the faults for every n.
   *
   * @param calls returns the number of calls of a kind without a fault
   */
  public List<Fault> faults(ToIntFunction<Operation> calls) {
    return dishes.stream()
        .flatMap(
            dish -> Fault.every(dish.what(), calls.applyAsInt(dish.what()), dish.how()).stream())
        .toList();
  }
}
