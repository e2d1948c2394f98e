package dev.nommu.bench.row;

import dev.nommu.api.Hart;
import dev.nommu.api.Processor;
import dev.nommu.api.Stop;
import dev.nommu.bench.goal.Bound;
import dev.nommu.bench.goal.Figure;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.Unit;
import dev.nommu.riscv.Riscv64;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs for RISC-V on a hart, and in QEMU's user mode if that is installed. */
public final class MachineCode {
  private static final String QEMU = "qemu-riscv64";
  private static final double GOAL = 0.3;
  private static final double NANOSECONDS = 1e9;
  private static final int EXIT = 93;
  private static final int SP = 2;
  private static final int A7 = 17;

  private static final int WARM_UP = 6;

  /** The factor by which QEMU does more rounds, so that its startup is negligible. */
  private static final int MORE = 10;

  /**
   * A loop of the program.
   *
   * @param name what it does
   * @param letter the argument that selects it
   * @param rounds the number of rounds
   */
  private record Loop(String name, String letter, int rounds) {
    static final List<Loop> ALL =
        List.of(
            new Loop("a table-driven CRC", "c", 200),
            new Loop("quicksort", "s", 150),
            new Loop("the Mandelbrot set", "m", 20));

    Stream<Goal> goals() {
      Goal interpreted = Goal.stated(name + ": interpreted, stated", name + " interpreted");
      Goal compiled =
          isQemuThere()
              ? new Goal(
                  name + ": 0.3 of qemu-riscv64",
                  new Figure.Ratio(name + " compiled", name + " in QEMU"),
                  new Bound.AtLeast(GOAL))
              : Goal.stated(name + ": compiled, stated", name + " compiled");
      return Stream.of(compiled, interpreted);
    }
  }

  /** The table row of these benchmarks. */
  public static final Row ROW =
      new Row(
          "RISC-V instructions a second",
          List.of(new Source.Count(MachineCode::measure)),
          Loop.ALL.stream().flatMap(Loop::goals).toList());

  private MachineCode() {}

  private static boolean isQemuThere() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, QEMU)));
  }

  private static List<Measurement> measure() throws IOException, InterruptedException {
    List<Measurement> measured = new ArrayList<>();
    byte[] elf = program();
    for (Loop loop : Loop.ALL) {
      measured.add(rate(loop.name() + " compiled", new Riscv64(), elf, loop));
      measured.add(rate(loop.name() + " interpreted", Riscv64.interpreting(), elf, loop));
      if (isQemuThere()) {
        measured.add(rateOfQemu(elf, loop));
      }
    }
    return measured;
  }

  private static byte[] program() throws IOException {
    try (InputStream stream = MachineCode.class.getResourceAsStream("programs.elf")) {
      if (stream == null) {
        throw new IOException("expected programs.elf next to MachineCode, found none");
      }
      return stream.readAllBytes();
    }
  }

  /** Runs the loop repeatedly on one hart, so that the measured run is warm. */
  private static Measurement rate(String name, Processor processor, byte[] elf, Loop loop) {
    GuestRam ram = new GuestRam(elf);
    Hart hart = processor.hart(ram);
    for (int i = 0; i < WARM_UP; i++) {
      run(hart, ram, loop);
    }
    long before = hart.retired();
    long start = System.nanoTime();
    run(hart, ram, loop);
    double time = System.nanoTime() - start;
    double rate = NANOSECONDS * (hart.retired() - before) / time;
    return Measurement.exact(name, rate, Unit.RATE);
  }

  private static void run(Hart hart, GuestRam ram, Loop loop) {
    hart.setPc(ram.entry());
    hart.setRegister(SP, ram.stack("programs", loop.letter(), String.valueOf(loop.rounds())));
    do {
      Stop stop = hart.run(Long.MAX_VALUE);
      if (!(stop instanceof Stop.Call)) {
        throw new IllegalStateException(
            "%s: expected a call, found %s at 0x%x".formatted(loop.name(), stop, hart.pc()));
      }
    } while (hart.register(A7) != EXIT);
  }

  private static Measurement rateOfQemu(byte[] elf, Loop loop)
      throws IOException, InterruptedException {
    GuestRam ram = new GuestRam(elf);
    Hart counting = new Riscv64().hart(ram);
    run(counting, ram, loop);
    double rate = NANOSECONDS * MORE * counting.retired() / timeOfQemu(elf, loop);
    return Measurement.exact(loop.name() + " in QEMU", rate, Unit.RATE);
  }

  private static long timeOfQemu(byte[] elf, Loop loop) throws IOException, InterruptedException {
    Path file = Files.createTempFile("nommu-bench", ".elf");
    try {
      Files.write(file, elf);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
      String rounds = String.valueOf(MORE * loop.rounds());
      long start = System.nanoTime();
      Process process = new ProcessBuilder(QEMU, file.toString(), loop.letter(), rounds).start();
      process.getInputStream().readAllBytes();
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(loop.name() + " in QEMU: expected status 0, found " + status);
      }
      return System.nanoTime() - start;
    } finally {
      Files.delete(file);
    }
  }
}
