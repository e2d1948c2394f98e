package dev.nommu.bench.row;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.WarmUp;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import dev.nommu.romfs.RomfsOptions;
import dev.nommu.romfs.RomfsWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Boots and maps a file of a romfs in ROM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Boot {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      new Row(
          "booting a board with romfs in ROM to its first mapping",
          List.of(
              new Source.Benchmarks(Boot.class, WarmUp.LONG), new Source.Count(ColdStart::measure)),
          List.of(
              Goal.atMost("warm: a millisecond", "warm", 1e6),
              Goal.atMost("as a cold command: 0.4 s", "cold", 4e8)));

  private Board board;

  /** Makes the board. */
  @Setup
  public void makeBoard() throws IOException, ErrnoException {
    RomfsOptions aligned = RomfsOptions.DEFAULT.withAlignment(4096);
    board =
        RomBoard.with(
            "romfs",
            Map.of("program", new byte[1 << 16]),
            (tree, image) -> RomfsWriter.write(tree, image, aligned));
  }

  /** Returns the address of the mapping. */
  @Benchmark
  public long warm() throws BoardException, ErrnoException {
    try (Machine machine = Machine.boot(board)) {
      Task task = machine.init();
      int file = task.open("/rom/program", OpenFlags.O_RDONLY);
      return task.mmap(0, Page.SIZE, PROT_READ, MAP_PRIVATE, file, 0);
    }
  }
}
