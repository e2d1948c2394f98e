package dev.nommu.bench.row;

import com.google.inject.Guice;
import com.google.inject.util.Modules;
import dev.nommu.api.Profile;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.Unit;
import dev.nommu.bench.trace.Recorder;
import dev.nommu.bench.trace.Step;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.inject.KernelModule;
import dev.nommu.kernel.memory.AllocatorFactory;
import dev.nommu.kernel.memory.BuddyAllocator;
import dev.nommu.kernel.memory.PageAllocator;
import dev.nommu.scenario.MachinePort;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All recorded scenarios of the conformance suite, each on a separate machine. */
public final class Suite {
  /** The table row of these benchmarks. */
  public static final Row ROW =
      new Row(
          "the whole conformance suite, once, in a JVM that has not run it before",
          List.of(new Source.Count(Suite::time)),
          List.of(
              Goal.stated("stated: time", "time"), Goal.stated("stated: a scenario", "scenario")));

  private static final String RECORDINGS = "conformance/src/test/resources/linux-6.12";

  private Suite() {}

  private static List<Measurement> time() throws Exception {
    Board board = board();
    List<Path> scenarios = scenarios();
    long start = System.nanoTime();
    for (Path scenario : scenarios) {
      try (Machine machine = Machine.boot(board, Profile.LINUX_6_12)) {
        run(scenario, machine);
      }
    }
    double time = System.nanoTime() - start;
    return List.of(
        Measurement.exact("time", time, Unit.TIME),
        Measurement.exact("scenario", time / scenarios.size(), Unit.TIME));
  }

  /**
   * Returns the page allocator calls of all scenarios, run in sequence.
   *
   * @throws Exception if a scenario cannot be run
   */
  static List<Step> recordTrace() throws Exception {
    Board board = board();
    PageAllocator allocator =
        new BuddyAllocator(board.ram(), board.reserved(), BuddyAllocator.MAX_PAGE_ORDER);
    Recorder recorder = new Recorder(allocator);
    Kernel kernel = recording(recorder);
    for (Path scenario : scenarios()) {
      try (Machine machine = kernel.boot(board, Profile.LINUX_6_12)) {
        run(scenario, machine);
      }
    }
    return recorder.steps();
  }

  private static Kernel recording(Recorder recorder) {
    AllocatorFactory allocators = (ram, reserved) -> recorder;
    return Guice.createInjector(
            Modules.override(new KernelModule())
                .with(binder -> binder.bind(AllocatorFactory.class).toInstance(allocators)))
        .getInstance(Kernel.class);
  }

  private static void run(Path scenario, Machine machine)
      throws IOException, ScenarioException, InterruptedException {
    new ScenarioRunner(Scenario.parse(scenario), new MachinePort(machine)).run(line -> {});
    machine.tasks().forEach(task -> task.exit());
  }

  static Board board() throws IOException {
    return Board.read(Project.file("boards/oracle.dts"));
  }

  private static List<Path> scenarios() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("scenarios", "random")) {
      try (Stream<Path> files = Files.list(Project.file(RECORDINGS).resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".txt")).sorted().forEach(all::add);
      }
    }
    return all;
  }
}
