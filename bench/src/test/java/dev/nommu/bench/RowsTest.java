package dev.nommu.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Result;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.report.GrowthPicture;
import dev.nommu.bench.row.Growth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every benchmark once, which says nothing about speed. */
final class RowsTest {
  static List<Row> rows() {
    return Rows.ALL.stream().filter(row -> !row.equals(Growth.ROW)).toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyBenchmark_runs_andItsGoalsFindTheirFigures(Row row) throws BenchException {
    Result result = new Bench(Pace.SMOKE, measured -> {}).run(row);
    for (Goal goal : row.goals()) {
      assertThat(goal.figure().of(result.measured())).as(goal.text()).isPositive();
    }
  }

  @Test
  void growth_isMeasuredOverFilesAndProcesses() throws BenchException {
    Result result = new Bench(Pace.SMOKE, measured -> {}).run(Growth.ROW);
    assertThat(result.measured()).hasSize(8).containsKey("nommu(ONE, 10, MANY)");
    assertThat(GrowthPicture.of(result)).contains("files: one, processes: many");
  }
}
