package dev.nommu.bench.row;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.bench.goal.Bound;
import dev.nommu.bench.goal.Figure;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Row;
import dev.nommu.cramfs.CramfsOptions;
import dev.nommu.cramfs.CramfsWriter;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Sequential reads of a file of a cramfs in ROM, compressed and uncompressed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CramfsReading {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      Row.of(
          "cramfs: sequential read of 8 MiB in steps of 64 KiB",
          CramfsReading.class,
          speed("compressed: 0.9 of Inflater alone", "inflater", "compressed", 0.9),
          speed("in place: 0.95 of a copy", "copy", "inPlace", 0.95));

  private static Goal speed(String text, String limit, String ours, double least) {
    return new Goal(text, new Figure.Ratio(limit, ours), new Bound.AtLeast(least));
  }

  /** Eight times the size of cramfs's cache of decompressed blocks. */
  private static final int LENGTH = 8 << 20;

  private static final int STEP = 64 << 10;
  private static final int BLOCK = 4096;
  private static final long SEED = 2026;

  private final Inflater inflater = new Inflater();
  private final List<byte[]> blocks = new ArrayList<>();
  private final byte[] page = new byte[BLOCK];
  private Machine machine;
  private Task task;
  private int compressedFile;
  private int storedFile;
  private Arena arena;
  private MemorySegment plain;
  private MemorySegment buffer;

  /** Writes the image, and compresses the same blocks for the bare inflater. */
  @Setup
  public void open() throws IOException, ErrnoException {
    byte[] text = text();
    CramfsOptions options =
        CramfsOptions.DEFAULT.withInPlace(path -> path.toString().equals("stored"));
    machine =
        Machine.boot(
            RomBoard.with(
                "cramfs",
                Map.of("compressed", text, "stored", text),
                (from, to) -> CramfsWriter.write(from, to, options)));
    task = machine.init();
    compressedFile = task.open("/rom/compressed", OpenFlags.O_RDONLY);
    storedFile = task.open("/rom/stored", OpenFlags.O_RDONLY);
    arena = Arena.ofShared();
    buffer = arena.allocate(STEP, BLOCK);
    plain = arena.allocate(LENGTH, BLOCK);
    plain.copyFrom(MemorySegment.ofArray(text));
    for (int at = 0; at < LENGTH; at += BLOCK) {
      blocks.add(deflated(text, at));
    }
  }

  /** Returns random words, as compressible as a program. */
  private static byte[] text() {
    Random random = new Random(SEED);
    String[] words = new String[2000];
    Arrays.setAll(words, i -> Long.toString(random.nextLong() >>> random.nextInt(20, 60), 36));
    StringBuilder text = new StringBuilder(LENGTH + 64);
    while (text.length() < LENGTH) {
      text.append(words[random.nextInt(random.nextInt(1, words.length))]).append(' ');
    }
    return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), LENGTH);
  }

  private static byte[] deflated(byte[] text, int at) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(text, at, BLOCK);
      deflater.finish();
      byte[] out = new byte[2 * BLOCK];
      int length = deflater.deflate(out);
      return Arrays.copyOf(out, length);
    }
  }

  /** Releases all resources. */
  @TearDown
  public void close() {
    machine.close();
    inflater.end();
    arena.close();
  }

  /** Returns the number of bytes read. */
  @Benchmark
  public long compressed() throws ErrnoException {
    return read(compressedFile);
  }

  /** Returns the number of bytes read. */
  @Benchmark
  public long inPlace() throws ErrnoException {
    return read(storedFile);
  }

  private long read(int file) throws ErrnoException {
    long done = 0;
    while (done < LENGTH) {
      done += task.pread(file, buffer, done);
    }
    return done;
  }

  /** Returns the number of bytes decompressed. */
  @Benchmark
  public long inflater() throws DataFormatException {
    long done = 0;
    for (byte[] block : blocks) {
      inflater.reset();
      inflater.setInput(block);
      done += inflater.inflate(page);
    }
    return done;
  }

  /** Returns the number of bytes copied. */
  @Benchmark
  public long copy() {
    for (long done = 0; done < LENGTH; done += STEP) {
      MemorySegment.copy(plain, done, buffer, 0, STEP);
    }
    return LENGTH;
  }
}
