package dev.nommu.tck;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A time limit for work that calls a plugin. Immutable; thread-safe.
 *
 * @param most the limit
 */
record TimeLimit(Duration most) {
  private static final Duration GENEROUS = Duration.ofSeconds(20);
  private static final Duration STEPPING = Duration.ofDays(1);

  /** Returns the limit for contracts; under a debugger it is a day. */
  static TimeLimit usual() {
    boolean debugged =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(argument -> argument.contains("jdwp"));
    return new TimeLimit(debugged ? STEPPING : GENEROUS);
  }

  /**
   * Runs work on a new thread, which is interrupted after the limit.
   *
   * @throws LateException if it takes too long; it names the method
   * @throws Exception as the work does
   */
  <T> T call(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofPlatform().daemon().name("nommu-contract").start(task);
    try {
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException over) {
      throw new LateException(
          "%s did not return within %d s".formatted(where(thread), most.toSeconds()), over);
    } catch (ExecutionException thrown) {
      throw cause(thrown);
    } finally {
      task.cancel(true);
    }
  }

  private static Exception cause(ExecutionException thrown) {
    return switch (thrown.getCause()) {
      case Error error -> throw error;
      case Exception exception -> exception;
      case null, default -> thrown;
    };
  }

  /** Returns the method that a thread is in, ignoring those of the JDK. */
  private static String where(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .filter(frame -> !isOfTheHost(frame))
        .findFirst()
        .map(TimeLimit::text)
        .orElse("the test");
  }

  private static String text(StackTraceElement frame) {
    return "%s.%s(%s:%d)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }

  private static boolean isOfTheHost(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }
}
