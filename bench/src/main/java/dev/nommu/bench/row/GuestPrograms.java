package dev.nommu.bench.row;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.Unit;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** Programs for riscv64 on a booted machine, from execve to exit. */
public final class GuestPrograms {
  private static final long RAM = 64;
  private static final int FILES = 20;
  private static final int RUNS = 200;

  /** The number of runs that count, the last ones. */
  private static final int WARM = 51;

  private static final String MANY = "riscv-linux/src/test/resources/dev/nommu/riscvlinux/many.elf";

  /** The table row of these benchmarks. */
  public static final Row ROW =
      new Row(
          "programs on a machine that has booted",
          List.of(new Source.Count(GuestPrograms::measure)),
          List.of(
              Goal.atMost("ls -l of 20 files, a process like any other: 20 ms", "ls", 2e7),
              Goal.atMost("the first such process of a JVM: a second", "first ls", 1e9),
              Goal.atMost("1,000 processes, one after the other: 5 s", "many", 5e9)));

  private GuestPrograms() {}

  private static List<Measurement> measure() throws IOException, InterruptedException {
    try (Machine machine = BenchBoard.boot(RAM)) {
      Task init = machine.init();
      init.tree().mkdir("/bin", 0755);
      install(init, "/bin/ls", resource());
      install(init, "/bin/many", Files.readAllBytes(Project.file(MANY)));
      for (int i = 0; i < FILES; i++) {
        install(init, "/bin/file" + i, new byte[i]);
      }
      double[] times = new double[RUNS];
      for (int i = 0; i < RUNS; i++) {
        times[i] = run(init, "/bin/ls", "/bin");
      }
      double first = times[0];
      double[] warm = Arrays.copyOfRange(times, RUNS - WARM, RUNS);
      Arrays.sort(warm);
      return List.of(
          Measurement.exact("first ls", first, Unit.TIME),
          Measurement.exact("ls", warm[WARM / 2], Unit.TIME),
          Measurement.exact("many", run(init, "/bin/many"), Unit.TIME));
    }
  }

  private static byte[] resource() throws IOException {
    try (InputStream stream = GuestPrograms.class.getResourceAsStream("ls.elf")) {
      if (stream == null) {
        throw new IOException("expected ls.elf next to GuestPrograms, found none");
      }
      return stream.readAllBytes();
    }
  }

  private static void install(Task init, String path, byte[] contents) throws ErrnoException {
    int file = init.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0755);
    init.write(file, MemorySegment.ofArray(contents));
    init.close(file);
  }

  /** Returns the nanoseconds that a process takes to execute a file, its output going to a file. */
  private static double run(Task init, String... command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Task process =
        init.spawn(
            command[0],
            task -> {
              int output = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC;
              task.descriptors().dup3(task.open("/output", output, 0644), 1, 0);
              task.processes().executeToRun(command[0], List.of(command), List.of());
              return 127;
            });
    WaitStatus status = process.join();
    double time = System.nanoTime() - start;
    if (!status.equals(new WaitStatus.Exited(0))) {
      throw new IOException(
          "%s: expected status 0, found %s".formatted(String.join(" ", command), status));
    }
    return time;
  }
}
