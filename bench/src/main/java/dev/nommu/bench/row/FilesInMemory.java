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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** File operations of a Java program, on three in-memory file systems. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilesInMemory {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "java.nio.file in memory: read and write of 4 KiB, create and delete, walk of 10,000"
              + " files",
          FilesInMemory.class,
          Stream.of("read", "write", "create", "walk")
              .flatMap(FilesInMemory::stated)
              .toArray(Goal[]::new));

  private static final int PIECE = 4096;
  private static final int DIRECTORIES = 100;
  private static final int FILES = 100;

  private static Stream<Goal> stated(String what) {
    return Stream.of(Library.values())
        .map(library ->
            Goal.stated("%s, %s: stated".formatted(what, library), what + "(" + library + ")"));
  }

  /** An implementation of an in-memory file system. */
  public enum Library {
    /** A machine of nommu. */
    NOMMU,
    /** Jimfs. */
    JIMFS,
    /** memoryfilesystem. */
    MEMORYFILESYSTEM;

    FileSystem open() throws IOException {
      return switch (this) {
        case NOMMU -> NommuFileSystem.inMemory();
        case JIMFS -> Jimfs.newFileSystem(Configuration.unix());
        case MEMORYFILESYSTEM -> MemoryFileSystemBuilder.newLinux().build();
      };
    }
  }

  /** The implementation. */
  @Param private Library library = Library.NOMMU;

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private FileSystem fileSystem;
  private Path tree;
  private FileChannel channel;

  /** Creates a tree of 10,000 files, and a file of one page. */
  @Setup
  public void open() throws IOException {
    fileSystem = library.open();
    tree = Files.createDirectory(fileSystem.getPath("/tree"));
    for (int i = 0; i < DIRECTORIES; i++) {
      Path directory = Files.createDirectory(tree.resolve("directory" + i));
      for (int j = 0; j < FILES; j++) {
        Files.createFile(directory.resolve("file" + j));
      }
    }
    Path file = Files.write(fileSystem.getPath("/file"), new byte[PIECE]);
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Releases all resources. */
  @TearDown
  public void close() throws IOException {
    channel.close();
    fileSystem.close();
  }

  /** Returns the number of bytes read. */
  @Benchmark
  public int read() throws IOException {
    return channel.read(piece.clear(), 0);
  }

  /** Returns the number of bytes written. */
  @Benchmark
  public int write() throws IOException {
    return channel.write(piece.clear(), 0);
  }

  /** Returns the path of the file that was created and deleted. */
  @Benchmark
  public Path create() throws IOException {
    Path file = Files.createFile(tree.resolve("fresh"));
    Files.delete(file);
    return file;
  }

  /** Returns the number of files. */
  @Benchmark
  public long walk() throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      return files.count();
    }
  }
}
