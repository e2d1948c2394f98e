package dev.nommu.bench.row;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One more mapping while many are alive: a random page of a RAM chip, mapped in place. Fifteen of
 * every sixteen pages stay mapped, each separately.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Growth {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "mmap + munmap with 10 to 1,000,000 mappings alive",
          Growth.class,
          goal("one file, one process", "ONE", "ONE"),
          goal("one file, many processes", "ONE", "MANY"),
          goal("many files, one process", "MANY", "ONE"),
          goal("many files, many processes", "MANY", "MANY"));

  private static Goal goal(String text, String files, String processes) {
    String name = "nommu(%s, %s, %s)";
    return Goal.within(
        text + ": the last at most twice the first",
        name.formatted(files, "1000000", processes),
        name.formatted(files, "10", processes),
        2);
  }

  /** The number of mapped pages in a group, followed by an unmapped one. */
  private static final int GROUP = 15;

  private static final int PLACES = 1 << 14;
  private static final long SEED = 2026;

  /** A number of files or processes. */
  public enum Count {
    /** One. */
    ONE(1),
    /** A thousand, or the number of mappings if that is less. */
    MANY(1000);

    private final int most;

    Count(int most) {
      this.most = most;
    }

    int of(int mappings) {
      return Math.min(most, mappings);
    }
  }

  /** The number of mappings that stay alive. */
  @Param({"10", "1000", "100000", "1000000"})
  private int mappings;

  /** The number of files that they are spread over. */
  @Param private Count files = Count.ONE;

  /** The number of processes that they are spread over. */
  @Param private Count processes = Count.ONE;

  private final int[] places = new int[PLACES];
  private Machine machine;
  private Task[] tasks = {};
  private int[] descriptors = {};
  private int fileCount;
  private int next;

  /** Starts the processes, opens the files and maps them. */
  @Setup
  public void map() throws BoardException, ErrnoException {
    fileCount = files.of(mappings);
    machine = Machine.boot(BenchBoard.with(16, chip(), Path.of(".")));
    start(processes.of(mappings));
    for (int i = 0; i < mappings; i++) {
      int inFile = i / fileCount;
      map(i, inFile / GROUP * (GROUP + 1) + inFile % GROUP);
    }
    Random random = new Random(SEED);
    Arrays.setAll(places, i -> random.nextInt(mappings));
  }

  /** Returns the node of a RAM chip with a partition for each file. */
  private String chip() {
    long fileBytes = (mappings / fileCount / GROUP + 1L) * (GROUP + 1) * Page.SIZE;
    StringBuilder partitions = new StringBuilder();
    for (int i = 0; i < fileCount; i++) {
      partitions.append(
          "p%1$d { label = \"p%1$d\"; reg = <%2$s %3$s>; };%n"
              .formatted(i, cells(i * fileBytes), cells(fileBytes)));
    }
    return """
    ram@100000000 {
      compatible = "mtd-ram"; bank-width = <4>; linux,mtd-name = "ram"; erase-size = <0x1000>;
      reg = <1 0 %s>;
      partitions { compatible = "fixed-partitions"; #address-cells = <2>; #size-cells = <2>; %s };
    };
    """
        .formatted(cells(fileCount * fileBytes), partitions);
  }

  private static String cells(long number) {
    return "%#x %#x".formatted(number >>> Integer.SIZE, number & 0xffff_ffffL);
  }

  /** Starts processes, each of which opens the files that it maps. */
  private void start(int count) throws ErrnoException {
    tasks = new Task[count];
    Arrays.setAll(tasks, i -> machine.init().spawn("p" + i));
    descriptors = new int[Math.max(count, fileCount)];
    for (int i = 0; i < descriptors.length; i++) {
      descriptors[i] = tasks[i % count].open("/dev/mtd" + i % fileCount, OpenFlags.O_RDWR);
    }
  }

  private long map(int mapping, long page) throws ErrnoException {
    int file = descriptors[mapping % descriptors.length];
    return task(mapping).mmap(0, Page.SIZE, PROT_READ, MAP_SHARED, file, page << Page.SHIFT);
  }

  private Task task(int mapping) {
    return tasks[mapping % tasks.length];
  }

  /** Releases all resources. */
  @TearDown
  public void close() {
    machine.close();
  }

  /** Maps and unmaps a page next to a live mapping; returns its address. */
  @Benchmark
  public long nommu() throws ErrnoException {
    int near = places[next++ & (PLACES - 1)];
    long address = map(near, near / fileCount / GROUP * (GROUP + 1) + GROUP);
    task(near).munmap(address, Page.SIZE);
    return address;
  }
}
