package dev.nommu.bench;

import dev.nommu.bench.goal.Row;
import dev.nommu.bench.row.AnonymousMapping;
import dev.nommu.bench.row.SharedMapping;
import java.util.List;

/** The rows of the table, in its order. */
final class Rows {
  static final List<Row> ALL = List.of(SharedMapping.ROW, AnonymousMapping.ROW);

  private Rows() {}
}
