package dev.nommu.bench;

import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Unit;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Picks the result of each benchmark out of the output of JMH. */
final class ResultFormat implements OutputFormat {
  private final Consumer<Measurement> listener;

  ResultFormat(Consumer<Measurement> listener) {
    this.listener = listener;
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    var score = result.getPrimaryResult();
    listener.accept(
        new Measurement(
            name(result.getParams()), score.getScore(), score.getScoreError(), Unit.TIME));
  }

  /** Returns the method's name, with the parameter values, if any, in parentheses. */
  private static String name(BenchmarkParams params) {
    String full = params.getBenchmark();
    String method = full.substring(full.lastIndexOf('.') + 1);
    String values =
        params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(", "));
    return values.isEmpty() ? method : method + "(" + values + ")";
  }

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {}

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {}

  @Override
  public void print(String text) {}

  @Override
  public void println(String text) {}

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void write(int character) {}

  @Override
  public void write(byte[] characters) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
