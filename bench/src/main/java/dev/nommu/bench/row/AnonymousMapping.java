package dev.nommu.bench.row;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

/** Zeroed memory, mapped and unmapped. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnonymousMapping {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "mmap + munmap, MAP_ANONYMOUS",
          AnonymousMapping.class,
          Goal.atMost("1 page: under a microsecond", "nommu(1)", 1000),
          Goal.within("256 pages: 1.5 of zeroing alone", "nommu(256)", "zeroing(256)", 1.5));

  /** The number of pages. */
  @Param({"1", "256"})
  private int pages;

  private Machine machine;
  private Task task;
  private Arena arena;
  private MemorySegment memory;
  private long length;

  /** Boots. */
  @Setup
  public void boot() throws BoardException {
    machine = BenchBoard.boot(16);
    task = machine.init();
    length = pages * Page.SIZE;
    arena = Arena.ofShared();
    memory = arena.allocate(length, Page.SIZE);
  }

  /** Releases all resources. */
  @TearDown
  public void close() {
    machine.close();
    arena.close();
  }

  /** Returns the address of the mapping. */
  @Benchmark
  public long nommu() throws ErrnoException {
    long address = task.mmap(0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    task.munmap(address, length);
    return address;
  }

  /** Returns the zeroed memory. */
  @Benchmark
  public MemorySegment zeroing() {
    return memory.fill((byte) 0);
  }
}
