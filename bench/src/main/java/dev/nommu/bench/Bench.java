package dev.nommu.bench;

import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Result;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of rows. */
final class Bench {
  private static final String[] JVM = {
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Xms1g",
    "-Xmx3g"
  };

  private final Pace pace;
  private final Consumer<Measurement> listener;

  /**
   * Creates a runner of rows.
   *
   * @param listener receives each measurement as soon as it is made
   */
  Bench(Pace pace, Consumer<Measurement> listener) {
    this.pace = pace;
    this.listener = listener;
  }

  /** Takes all measurements of a row. */
  Result run(Row row) throws BenchException {
    List<Measurement> measurements = new ArrayList<>();
    Consumer<Measurement> each = listener.andThen(measurements::add);
    for (Source source : row.sources()) {
      switch (source) {
        case Source.Benchmarks benchmarks -> time(benchmarks, each);
        case Source.Count(var count) -> count(row, count).forEach(each);
      }
    }
    return Result.of(row, measurements);
  }

  private static List<Measurement> count(Row row, Callable<List<Measurement>> counting)
      throws BenchException {
    try {
      return counting.call();
    } catch (Exception failure) {
      throw new BenchException(row.what() + ": " + failure, failure);
    }
  }

  private void time(Source.Benchmarks benchmarks, Consumer<Measurement> each)
      throws BenchException {
    Class<?> type = benchmarks.type();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + type.getName().replace(".", "\\.") + "\\.")
            .timeUnit(TimeUnit.NANOSECONDS)
            .jvmArgs(JVM)
            .shouldFailOnError(true);
    pace.set(options, benchmarks.warmUp());
    try {
      new Runner(options.build(), new ResultFormat(each)).run();
    } catch (RunnerException failure) {
      throw new BenchException(type.getSimpleName() + ": " + failure.getMessage(), failure);
    }
  }
}
