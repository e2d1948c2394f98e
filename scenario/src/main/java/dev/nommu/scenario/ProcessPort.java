package dev.nommu.scenario;

import java.time.Duration;
import java.util.Optional;

/** A process that a scenario makes calls in. */
public interface ProcessPort {
  /**
   * Makes a call and waits for its result.
   *
   * @param arguments as one of the call's signatures wants them
   * @return what the kernel answered; a failure is {@link Answer.Returned} with the negative error
   *     number, never an exception
   */
  Answer call(Call call, Arguments arguments);

  /**
   * Starts a call. Returns when it has ended or is waiting in the kernel, so that the next step
   * comes after it. No time passes for what waits before somebody waits for the result.
   *
   * @param arguments as one of the call's signatures wants them
   */
  Started start(Call call, Arguments arguments);

  /**
   * Ends the process: its mappings and open files go.
   *
   * @param status its exit status; a parent would see the low 8 bits
   */
  void exit(int status);

  /** A call that was started. */
  @FunctionalInterface
  interface Started {
    /**
     * Waits for the result.
     *
     * @return the answer, or empty if there was none within the limit
     * @throws InterruptedException if the waiting thread is interrupted
     */
    Optional<Answer> await(Duration limit) throws InterruptedException;
  }
}
