package dev.nommu.bench.row;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.bench.goal.Goal;
import dev.nommu.bench.goal.Measurement;
import dev.nommu.bench.goal.Row;
import dev.nommu.bench.goal.Source;
import dev.nommu.bench.goal.Unit;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jol.info.GraphPathRecord;
import org.openjdk.jol.info.GraphVisitor;
import org.openjdk.jol.info.GraphWalker;

/** Heap memory used by mappings, files and tasks, beyond their pages. */
public final class Footprint {
  private static final int MANY = 1000;

  /** The first free descriptor of a process. */
  private static final int MAPPED = 3;

  /** The table row of these benchmarks. */
  public static final Row ROW =
      new Row(
          "heap beyond the pages themselves, counted by JOL",
          List.of(new Source.Count(Footprint::count)),
          List.of(
              Goal.atMost("an anonymous mapping: at most 200 bytes", "anonymous", 200),
              Goal.atMost("a mapping of a file: at most 200 bytes", "mapping", 200),
              Goal.stated("another of the same part: stated", "sharing"),
              Goal.stated("a file of ramfs: stated", "file"),
              Goal.stated("a task: stated", "task")));

  private Footprint() {}

  @FunctionalInterface
  private interface Making {
    void make(Task task, int number) throws ErrnoException;
  }

  private static List<Measurement> count() throws Exception {
    return List.of(
        each(
            "anonymous",
            (task, i) -> task.mmap(0, Page.SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)),
        each("mapping", (task, i) -> map(task, i * Page.SIZE)),
        each("sharing", (task, i) -> map(task, 0)),
        each(
            "file",
            (task, i) ->
                task.close(task.open("/tmp/file" + i, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644))),
        each("task", (task, i) -> task.spawn("task")));
  }

  private static void map(Task task, long offset) throws ErrnoException {
    task.mmap(0, Page.SIZE, PROT_READ, MAP_SHARED, MAPPED, offset);
  }

  /** Returns the cost of one object: the growth of the heap by a thousand of them, divided. */
  private static Measurement each(String name, Making making) throws Exception {
    try (Machine machine = BenchBoard.boot(64)) {
      Task init = machine.init();
      init.ftruncate(
          init.open("/tmp/mapped", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644), MANY * Page.SIZE);
      long before = heap(machine);
      for (int i = 0; i < MANY; i++) {
        making.make(init, i);
      }
      return Measurement.exact(name, (heap(machine) - before) / (double) MANY, Unit.BYTES);
    }
  }

  /** Returns the size of all objects that a machine reaches, except through weak references. */
  private static long heap(Machine machine) {
    System.gc();
    Sum sum = new Sum();
    new GraphWalker(sum).walk(machine);
    return sum.bytes;
  }

  /**
   * Sums the size of objects not reached through a class: classes lead to JVM-wide caches and
   * queues, which come and go.
   */
  private static final class Sum implements GraphVisitor {
    private final List<String> throughClasses = new ArrayList<>();
    private long bytes;

    @Override
    public void visit(GraphPathRecord found) {
      String path = found.path();
      if (found.klass() == Class.class) {
        throughClasses.add(path + ".");
      } else if (throughClasses.stream().noneMatch(path::startsWith)) {
        bytes += found.size();
      }
    }
  }
}
