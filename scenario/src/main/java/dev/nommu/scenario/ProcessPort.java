package dev.nommu.scenario;

import java.time.Duration;
import java.util.Optional;

/** A process in which a scenario makes calls. */
public interface ProcessPort {
  /**
   * Makes a call and waits for its result.
   *
   * @param arguments matching one of the call's signatures
   * @return the result; a failure is {@link Answer.Returned} with the negative error number, never
   *     an exception
   */
  Answer call(Call call, Arguments arguments);

  /**
   * Starts a call. Returns when it has ended or is waiting in the kernel, so that the next step
   * follows it. Time passes for a waiting call only once its result is awaited.
   *
   * @param arguments matching one of the call's signatures
   */
  Started start(Call call, Arguments arguments);

  /**
   * Ends the process, removes its mappings and closes its files.
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
     * @return the result, or empty if there was none within the limit
     * @throws InterruptedException if the waiting thread is interrupted
     */
    Optional<Answer> await(Duration limit) throws InterruptedException;
  }
}
