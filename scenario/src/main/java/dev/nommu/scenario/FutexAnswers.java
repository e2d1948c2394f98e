package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.number;

import dev.nommu.api.ErrnoException;
import dev.nommu.kernel.ipc.FutexArguments;
import dev.nommu.kernel.ipc.Timespec;
import java.util.List;
import java.util.Optional;

/** The call by which processes wait for each other at an address. */
final class FutexAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
              "futex",
              "Waits at an address or wakes waiters; the timeout is in milliseconds, 0"
                  + " for none.",
              Signature.of(
                  number("address"),
                  number("operation"),
                  number("value"),
                  number("timeout or value 2").optional(),
                  number("address 2").optional(),
                  number("value 3").optional()),
              FutexAnswers::futex));

  private static final long MILLISECONDS_A_SECOND = 1000;
  private static final long NANOSECONDS_A_MILLISECOND = 1_000_000;

  private FutexAnswers() {}

  /**
   * Makes a futex call; the fourth argument is a timeout in milliseconds, 0 for none, or a count.
   */
  private static Answer futex(Caller caller, Arguments of) throws ErrnoException {
    long fourth = of.number(3, 0);
    Optional<Timespec> timeout = fourth == 0 ? Optional.empty() : Optional.of(milliseconds(fourth));
    return returned(
        caller
            .task()
            .ipc()
            .futex(
                new FutexArguments(
                    of.number(0),
                    of.integer(1),
                    of.integer(2),
                    timeout,
                    (int) fourth,
                    of.number(4, 0),
                    of.integer(5, 0))));
  }

  private static Timespec milliseconds(long time) {
    return new Timespec(
        Math.floorDiv(time, MILLISECONDS_A_SECOND),
        Math.floorMod(time, MILLISECONDS_A_SECOND) * NANOSECONDS_A_MILLISECOND);
  }
}
