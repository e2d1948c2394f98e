package dev.nommu.bench.row;

import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Path lookup and listing: opens a file eight directories deep, lists a large directory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Paths {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "open + close eight directories deep; readdir of 10,000 entries",
          Paths.class,
          Goal.timesFaster("open + close: ahead of Jimfs", "jimfsOpen", "nommuOpen", 1),
          Goal.timesFaster("readdir: ahead of Jimfs", "jimfsList", "nommuList", 1));

  private static final int ENTRIES = 10_000;
  private static final List<String> DEEP =
      List.of("one", "two", "three", "four", "five", "six", "seven", "eight");
  private static final String DEEP_PATH = "/" + String.join("/", DEEP);
  private static final String FILE = DEEP_PATH + "/file";
  private static final String WIDE = "/wide";

  private Machine machine;
  private Task task;
  private FileSystem jimfs;
  private Path jimfsFile;
  private Path jimfsWide;
  private FileSystem memoryFileSystem;
  private Path memoryFile;
  private Path memoryWide;

  /** Creates the same tree on each. */
  @Setup
  public void open() throws BoardException, ErrnoException, IOException {
    machine = BenchBoard.boot(16);
    task = machine.init();
    grow(task);
    jimfs = Jimfs.newFileSystem(Configuration.unix());
    grow(jimfs);
    jimfsFile = jimfs.getPath(FILE);
    jimfsWide = jimfs.getPath(WIDE);
    memoryFileSystem = MemoryFileSystemBuilder.newLinux().build();
    grow(memoryFileSystem);
    memoryFile = memoryFileSystem.getPath(FILE);
    memoryWide = memoryFileSystem.getPath(WIDE);
  }

  private static void grow(Task on) throws ErrnoException {
    String at = "";
    for (String name : DEEP) {
      at += "/" + name;
      on.tree().mkdir(at, 0755);
    }
    on.close(on.open(FILE, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644));
    on.tree().mkdir(WIDE, 0755);
    for (int i = 0; i < ENTRIES; i++) {
      on.close(on.open(WIDE + "/entry" + i, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644));
    }
  }

  private static void grow(FileSystem on) throws IOException {
    Files.createDirectories(on.getPath(DEEP_PATH));
    Files.createFile(on.getPath(FILE));
    Path wide = Files.createDirectory(on.getPath(WIDE));
    for (int i = 0; i < ENTRIES; i++) {
      Files.createFile(wide.resolve("entry" + i));
    }
  }

  /** Releases all resources. */
  @TearDown
  public void close() throws IOException {
    machine.close();
    jimfs.close();
    memoryFileSystem.close();
  }

  /** Returns the closed descriptor. */
  @Benchmark
  public int nommuOpen() throws ErrnoException {
    int file = task.open(FILE, OpenFlags.O_RDONLY);
    task.close(file);
    return file;
  }

  /** Returns the closed channel. */
  @Benchmark
  public FileChannel jimfsOpen() throws IOException {
    return opened(jimfsFile);
  }

  /** Returns the closed channel. */
  @Benchmark
  public FileChannel memoryFileSystemOpen() throws IOException {
    return opened(memoryFile);
  }

  private static FileChannel opened(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    channel.close();
    return channel;
  }

  /** Returns the total length of the names. */
  @Benchmark
  public int nommuList() throws ErrnoException {
    int length = 0;
    for (DirectoryEntry entry : task.tree().list(WIDE)) {
      length += entry.name().length();
    }
    return length;
  }

  /** Returns the total length of the names. */
  @Benchmark
  public int jimfsList() throws IOException {
    return listed(jimfsWide);
  }

  /** Returns the total length of the names. */
  @Benchmark
  public int memoryFileSystemList() throws IOException {
    return listed(memoryWide);
  }

  private static int listed(Path directory) throws IOException {
    int length = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        length += entry.getFileName().toString().length();
      }
    }
    return length;
  }
}
