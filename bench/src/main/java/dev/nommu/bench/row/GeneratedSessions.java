package dev.nommu.bench.row;

import dev.nommu.api.Profile;
import dev.nommu.bench.goal.Bound;
import dev.nommu.bench.goal.Figure;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.Unit;
import dev.nommu.bench.goal.WarmUp;
import dev.nommu.chardevfb.MemoryDevices;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Subject;
import dev.nommu.tck.session.Coverage;
import dev.nommu.tck.session.Model;
import dev.nommu.tck.session.Sessions;
import dev.nommu.tck.session.Targets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A session as a campaign runs it on one thread: boot, calls, accounting, coverage. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GeneratedSessions {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      new Row(
          "a campaign on one core: generated sessions of 60 calls against /dev/null and its kind",
          List.of(
              new Source.Benchmarks(GeneratedSessions.class, WarmUp.LONG),
              new Source.Count(() -> List.of(Measurement.exact("one", 1, Unit.SHARE)))),
          List.of(
              new Goal(
                  "sessions a second, stated",
                  new Figure.PerSecond("one", "session"),
                  Bound.STATED)));

  private static final int STEPS = 60;
  private static final String BOARD =
      """
      /dts-v1/;
      / {
        #address-cells = <1>; #size-cells = <1>;
        memory@80000000 { device_type = "memory"; reg = <0x80000000 0x1000000>; };
      };
      """;

  private Sessions sessions;
  private long seed;

  /** Parses the board. */
  @Setup
  public void makeBoard() throws BoardException {
    Board board = Board.parse("memory.dts", BOARD);
    Subject subject = Subject.driver(MemoryDevices::new, board);
    sessions = new Sessions(subject, Profile.LINUX_6_12, Targets.of(subject), Model.NONE, STEPS);
  }

  /** Returns the result of the next seed. */
  @Benchmark
  public Sessions.Result session() throws BoardException {
    return sessions.once(++seed, new Coverage());
  }
}
