package dev.nommu.bench.row;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A shared mapping of a file in memory, mapped and unmapped. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SharedMapping {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "mmap + munmap, MAP_SHARED, 8 KiB of a ramfs file",
          SharedMapping.class,
          Goal.timesFaster("20 times FileChannel.map on tmpfs", "fileChannelMap", "nommu", 20));

  private static final int LENGTH = 8192;

  private Machine machine;
  private Task task;
  private int file;
  private TemporaryFile hostFile;
  private FileChannel channel;

  /** Creates a file of two pages on each. */
  @Setup
  public void open() throws BoardException, ErrnoException, IOException {
    machine = BenchBoard.boot(16);
    task = machine.init();
    file = task.open("/tmp/file", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    task.ftruncate(file, LENGTH);
    hostFile = TemporaryFile.onTmpfs(LENGTH);
    channel = hostFile.open();
  }

  /** Releases all resources. */
  @TearDown
  public void close() throws IOException {
    machine.close();
    channel.close();
    hostFile.close();
  }

  /** Returns the address of the mapping. */
  @Benchmark
  public long nommu() throws ErrnoException {
    long address = task.mmap(0, LENGTH, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    task.munmap(address, LENGTH);
    return address;
  }

  /** Returns the closed mapping. */
  @Benchmark
  public MemorySegment fileChannelMap() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return channel.map(MapMode.READ_WRITE, 0, LENGTH, arena);
    }
  }
}
