package dev.nommu.bench.row;

import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.StandardOpenOption;
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

/** Positioned reads and writes of a file in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadsAndWrites {
  private static final String SMALL = "4096";
  private static final String LARGE = "1048576";

  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "pread and pwrite on ramfs",
          ReadsAndWrites.class,
          Goal.timesFaster(
              "pread of 4 KiB: 5 times Jimfs", "jimfsRead(4096)", "nommuRead(4096)", 5),
          Goal.timesFaster(
              "pwrite of 4 KiB: 5 times Jimfs", "jimfsWrite(4096)", "nommuWrite(4096)", 5),
          Goal.within("pread of 4 KiB: 1.3 of a bare copy", "nommuRead(4096)", "copy(4096)", 1.3),
          Goal.within("pwrite of 4 KiB: 1.3 of a bare copy", "nommuWrite(4096)", "copy(4096)", 1.3),
          Goal.within(
              "pread of 1 MiB: 1.3 of a bare copy", "nommuRead(1048576)", "copy(1048576)", 1.3),
          Goal.within(
              "pwrite of 1 MiB: 1.3 of a bare copy", "nommuWrite(1048576)", "copy(1048576)", 1.3));

  /** The number of bytes per call. */
  @Param({SMALL, LARGE})
  private int bytes;

  private Machine machine;
  private Task task;
  private int file;
  private FileSystem jimfs;
  private FileChannel jimfsFile;
  private FileSystem memoryFileSystem;
  private FileChannel memoryFile;
  private TemporaryFile hostFile;
  private FileChannel tmpfsFile;
  private Arena arena;
  private MemorySegment buffer;
  private MemorySegment store;
  private ByteBuffer nio;

  /** Creates a file on each. */
  @Setup
  public void open() throws BoardException, ErrnoException, IOException {
    arena = Arena.ofShared();
    buffer = arena.allocate(bytes, Page.SIZE);
    store = arena.allocate(bytes, Page.SIZE);
    nio = buffer.asByteBuffer();
    machine = BenchBoard.boot(16);
    task = machine.init();
    file = task.open("/tmp/file", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    task.ftruncate(file, bytes);
    jimfs = Jimfs.newFileSystem(Configuration.unix());
    jimfsFile = create(jimfs);
    memoryFileSystem = MemoryFileSystemBuilder.newLinux().build();
    memoryFile = create(memoryFileSystem);
    hostFile = TemporaryFile.onTmpfs(bytes);
    tmpfsFile = hostFile.open();
  }

  private FileChannel create(FileSystem on) throws IOException {
    FileChannel channel =
        FileChannel.open(
            on.getPath("/file"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    channel.write(nio.clear(), 0);
    return channel;
  }

  /** Releases all resources. */
  @TearDown
  public void close() throws IOException {
    machine.close();
    jimfs.close();
    memoryFileSystem.close();
    tmpfsFile.close();
    hostFile.close();
    arena.close();
  }

  /** Returns the number of bytes read. */
  @Benchmark
  public long nommuRead() throws ErrnoException {
    return task.pread(file, buffer, 0);
  }

  /** Returns the number of bytes written. */
  @Benchmark
  public long nommuWrite() throws ErrnoException {
    return task.pwrite(file, buffer, 0);
  }

  /** Returns the number of bytes read. */
  @Benchmark
  public long jimfsRead() throws IOException {
    return jimfsFile.read(nio.clear(), 0);
  }

  /** Returns the number of bytes written. */
  @Benchmark
  public long jimfsWrite() throws IOException {
    return jimfsFile.write(nio.clear(), 0);
  }

  /** Returns the number of bytes read. */
  @Benchmark
  public long memoryFileSystemRead() throws IOException {
    return memoryFile.read(nio.clear(), 0);
  }

  /** Returns the number of bytes written. */
  @Benchmark
  public long memoryFileSystemWrite() throws IOException {
    return memoryFile.write(nio.clear(), 0);
  }

  /** Returns the number of bytes read. */
  @Benchmark
  public long tmpfsRead() throws IOException {
    return tmpfsFile.read(nio.clear(), 0);
  }

  /** Returns the number of bytes written. */
  @Benchmark
  public long tmpfsWrite() throws IOException {
    return tmpfsFile.write(nio.clear(), 0);
  }

  /** Returns the destination of the copy. */
  @Benchmark
  public MemorySegment copy() {
    return store.copyFrom(buffer);
  }
}
