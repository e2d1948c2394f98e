package dev.nommu.cli.check;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.api.Profile;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.check.Wire.Message;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.task.Task;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultSweep;
import dev.nommu.tck.fault.SweepReport;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets each call of a class, and of what the kernel lends to it, fail in turn while its files are
 * opened, read and mapped.
 *
 * @param of the plugin on its board
 */
record SweptFaults(ContractsOfClass of) {
  private static final String RULE = "PLUGIN-01";
  private static final String NAME = RULE + " Whatever fails, the machine stays sound.";
  private static final String ABOUT = "faults";

  /** A call whose failure is an answer like any other, unless it is the plugin's fault. */
  @FunctionalInterface
  private interface Call {
    void make() throws ErrnoException;
  }

  private static void attempt(Call call) throws ErrnoException {
    try {
      call.make();
    } catch (ErrnoException refused) {
      if (refused.rule().filter(RULE::equals).isPresent()) {
        throw refused;
      }
    }
  }

  /** Makes each fault happen, and tells what came of all of them. */
  void run(DataOutputStream out) throws BoardException, IOException {
    Wire.write(out, new Message.Begin(ABOUT + ": " + NAME));
    List<String> paths = of.paths();
    SweepReport report =
        FaultSweep.run(
            of.subject(),
            Profile.DOCUMENT,
            FaultMenu.ALL,
            machine -> {
              for (String path : paths) {
                use(machine, path);
              }
            },
            fault -> {});
    Wire.write(out, new Message.Done(told(report)));
  }

  private static void use(Machine machine, String path) throws ErrnoException {
    try (Task task = machine.init().spawn("faults")) {
      attempt(() -> use(task, path));
    }
  }

  /** A read that would wait fails instead. */
  private static void use(Task task, String path) throws ErrnoException {
    int file = task.open(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK);
    attempt(() -> task.pread(file, MemorySegment.ofArray(new byte[512]), 0));
    attempt(() -> task.mmap(0, Page.SIZE, PROT_READ, MAP_PRIVATE, file, 0));
    attempt(() -> task.mmap(0, Page.SIZE, PROT_READ, MAP_SHARED, file, 0));
  }

  private static Result told(SweepReport report) {
    if (report.swept().isEmpty()) {
      return new Result(ABOUT, RULE, NAME, Verdict.skipped("nothing of it can fail"), NAME);
    }
    if (report.wrong().isEmpty()) {
      return new Result(ABOUT, RULE, NAME, Verdict.HELD, NAME);
    }
    String found = report.wrong().stream().map(Object::toString).collect(Collectors.joining("; "));
    Verdict.Broken broken =
        new Verdict.Broken(
            found, "sound books and no fault of the plugin", "expect each call to fail");
    String text =
        "%s%n  found:    %s%n  expected: %s%n  change:   %s"
            .formatted(NAME, broken.found(), broken.expected(), broken.remedy());
    return new Result(ABOUT, RULE, NAME, broken, text);
  }
}
