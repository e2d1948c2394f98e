package dev.nommu.bench;

import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Result;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs rows. */
final class Bench {
  private static final String[] JVM = {
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dguice_custom_class_loading=CHILD",
    "-Xms1g",
    "-Xmx3g"
  };

  private final Pace pace;

  Bench(Pace pace) {
    this.pace = pace;
  }

  /** Measures everything a row has. */
  Result run(Row row) throws BenchException {
    List<Measurement> measurements = new ArrayList<>();
    for (Source source : row.sources()) {
      switch (source) {
        case Source.Benchmarks(Class<?> type) -> measurements.addAll(time(type));
        case Source.Count(Source.Counting count) -> measurements.addAll(count(row, count));
      }
    }
    return Result.of(row, measurements);
  }

  private static List<Measurement> count(Row row, Source.Counting counting) throws BenchException {
    try {
      return counting.measure();
    } catch (Exception failure) {
      throw new BenchException(row.what() + ": " + failure, failure);
    }
  }

  private List<Measurement> time(Class<?> type) throws BenchException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + type.getName().replace(".", "\\.") + "\\.")
            .timeUnit(TimeUnit.NANOSECONDS)
            .jvmArgs(JVM)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    pace.set(options);
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      return results.stream().map(Bench::measurement).toList();
    } catch (RunnerException failure) {
      throw new BenchException(type.getSimpleName() + ": " + failure.getMessage(), failure);
    }
  }

  private static Measurement measurement(RunResult result) {
    var primary = result.getPrimaryResult();
    return new Measurement(
        name(result.getParams()), primary.getScore(), primary.getScoreError(), Unit.TIME);
  }

  /** Returns the method's name, with the values of the parameters in brackets if there are any. */
  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    String method = full.substring(full.lastIndexOf('.') + 1);
    String values =
        params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
    return values.isEmpty() ? method : method + "(" + values + ")";
  }
}
