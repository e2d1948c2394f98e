package dev.nommu.bench.row;

import com.github.marschall.memoryfilesystem.MemoryFileSystemBuilder;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.nio.NommuFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a Java program does with files, on three file systems in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilesInMemory {
  /** The row. */
  public static final Row ROW =
      Row.of(
          "java.nio.file in memory: read and write of 4 KiB, create and delete, walk of 10,000"
              + " files",
          FilesInMemory.class,
          Stream.of("Read", "Write", "Create", "Walk")
              .flatMap(FilesInMemory::stated)
              .toArray(Goal[]::new));

  private static final int PIECE = 4096;
  private static final int DIRECTORIES = 100;
  private static final int FILES = 100;

  private static Stream<Goal> stated(String what) {
    return Stream.of("nommu", "jimfs", "memoryFileSystem")
        .map(name ->
            Goal.stated(
                "%s, %s: stated".formatted(what.toLowerCase(Locale.ROOT), name), name + what));
  }

  /** A tree and a file on one of them. */
  private record Subject(FileSystem fileSystem, Path tree, FileChannel channel) {
    static Subject on(FileSystem fileSystem) throws IOException {
      Path tree = Files.createDirectory(fileSystem.getPath("/tree"));
      for (int i = 0; i < DIRECTORIES; i++) {
        Path directory = Files.createDirectory(tree.resolve("directory" + i));
        for (int j = 0; j < FILES; j++) {
          Files.createFile(directory.resolve("file" + j));
        }
      }
      Path file = Files.write(fileSystem.getPath("/file"), new byte[PIECE]);
      return new Subject(
          fileSystem,
          tree,
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    long walk() throws IOException {
      try (Stream<Path> files = Files.walk(tree)) {
        return files.count();
      }
    }

    Path create() throws IOException {
      Path file = Files.createFile(tree.resolve("fresh"));
      Files.delete(file);
      return file;
    }

    void close() throws IOException {
      channel.close();
      fileSystem.close();
    }
  }

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private Subject nommu;
  private Subject jimfs;
  private Subject memoryFileSystem;

  /** Makes the same files on each. */
  @Setup
  public void open() throws IOException {
    nommu = Subject.on(NommuFileSystem.inMemory());
    jimfs = Subject.on(Jimfs.newFileSystem(Configuration.unix()));
    memoryFileSystem = Subject.on(MemoryFileSystemBuilder.newLinux().build());
  }

  /** Lets go of everything. */
  @TearDown
  public void close() throws IOException {
    for (Subject each : List.of(nommu, jimfs, memoryFileSystem)) {
      each.close();
    }
  }

  private int read(Subject subject) throws IOException {
    return subject.channel.read(piece.clear(), 0);
  }

  private int write(Subject subject) throws IOException {
    return subject.channel.write(piece.clear(), 0);
  }

  /** Returns how much was read. */
  @Benchmark
  public int nommuRead() throws IOException {
    return read(nommu);
  }

  /** Returns how much was read. */
  @Benchmark
  public int jimfsRead() throws IOException {
    return read(jimfs);
  }

  /** Returns how much was read. */
  @Benchmark
  public int memoryFileSystemRead() throws IOException {
    return read(memoryFileSystem);
  }

  /** Returns how much was written. */
  @Benchmark
  public int nommuWrite() throws IOException {
    return write(nommu);
  }

  /** Returns how much was written. */
  @Benchmark
  public int jimfsWrite() throws IOException {
    return write(jimfs);
  }

  /** Returns how much was written. */
  @Benchmark
  public int memoryFileSystemWrite() throws IOException {
    return write(memoryFileSystem);
  }

  /** Returns the file that was. */
  @Benchmark
  public Path nommuCreate() throws IOException {
    return nommu.create();
  }

  /** Returns the file that was. */
  @Benchmark
  public Path jimfsCreate() throws IOException {
    return jimfs.create();
  }

  /** Returns the file that was. */
  @Benchmark
  public Path memoryFileSystemCreate() throws IOException {
    return memoryFileSystem.create();
  }

  /** Returns how many files there are. */
  @Benchmark
  public long nommuWalk() throws IOException {
    return nommu.walk();
  }

  /** Returns how many files there are. */
  @Benchmark
  public long jimfsWalk() throws IOException {
    return jimfs.walk();
  }

  /** Returns how many files there are. */
  @Benchmark
  public long memoryFileSystemWalk() throws IOException {
    return memoryFileSystem.walk();
  }
}
