package dev.nommu.bench;

import dev.nommu.bench.goal.Row;
import dev.nommu.bench.row.Allocator;
import dev.nommu.bench.row.AnonymousMapping;
import dev.nommu.bench.row.Boot;
import dev.nommu.bench.row.ChannelMapping;
import dev.nommu.bench.row.CramfsReading;
import dev.nommu.bench.row.FilesInMemory;
import dev.nommu.bench.row.Footprint;
import dev.nommu.bench.row.GeneratedSessions;
import dev.nommu.bench.row.Growth;
import dev.nommu.bench.row.GuestPrograms;
import dev.nommu.bench.row.LoadsAndStores;
import dev.nommu.bench.row.MachineCode;
import dev.nommu.bench.row.Paths;
import dev.nommu.bench.row.ReadsAndWrites;
import dev.nommu.bench.row.SharedMapping;
import dev.nommu.bench.row.Suite;
import dev.nommu.bench.row.TwoThreads;
import java.util.List;

/** The rows of the table, in order. */
final class Rows {
  static final List<Row> ALL =
      List.of(
          SharedMapping.ROW,
          ChannelMapping.ROW,
          AnonymousMapping.ROW,
          LoadsAndStores.ROW,
          ReadsAndWrites.ROW,
          CramfsReading.ROW,
          Paths.ROW,
          FilesInMemory.ROW,
          Growth.ROW,
          TwoThreads.ROW,
          Footprint.ROW,
          Allocator.ROW,
          Boot.ROW,
          Suite.ROW,
          MachineCode.ROW,
          GuestPrograms.ROW,
          GeneratedSessions.ROW);

  private Rows() {}
}
