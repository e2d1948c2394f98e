package dev.nommu.bench.row;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.nio.NommuFileSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The same call of a Java program on nommu's in-memory file system and on the host's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelMapping {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "FileChannel.map of 8 KiB, both pages touched, arena closed",
          ChannelMapping.class,
          Goal.timesFaster("twice as fast as on the host's tmpfs", "tmpfs", "nommu", 2));

  private static final int LENGTH = 8192;
  private static final int PAGE = 4096;

  private NommuFileSystem fileSystem;
  private FileChannel nommuChannel;
  private TemporaryFile hostFile;
  private FileChannel hostChannel;

  /** Creates a file of two pages on each. */
  @Setup
  public void open() throws IOException {
    fileSystem = NommuFileSystem.inMemory();
    nommuChannel =
        FileChannel.open(
            fileSystem.getPath("/tmp/file"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    touched(nommuChannel);
    hostFile = TemporaryFile.onTmpfs(LENGTH);
    hostChannel = hostFile.open();
  }

  /** Releases all resources. */
  @TearDown
  public void close() throws IOException {
    fileSystem.close();
    hostChannel.close();
    hostFile.close();
  }

  /** Returns the sum of the bytes read. */
  @Benchmark
  public int nommu() throws IOException {
    return touched(nommuChannel);
  }

  /** Returns the sum of the bytes read. */
  @Benchmark
  public int tmpfs() throws IOException {
    return touched(hostChannel);
  }

  private static int touched(FileChannel channel) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment map = channel.map(MapMode.READ_WRITE, 0, LENGTH, arena);
      map.set(JAVA_BYTE, 0, (byte) 1);
      return map.get(JAVA_BYTE, 0) + map.get(JAVA_BYTE, PAGE);
    }
  }
}
