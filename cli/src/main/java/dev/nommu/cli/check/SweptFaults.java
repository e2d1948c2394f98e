package dev.nommu.cli.check;

import dev.nommu.api.Profile;
import dev.nommu.cli.check.Checked.Result;
import dev.nommu.cli.check.Wire.Message;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.tck.Verdict;
import dev.nommu.tck.fault.FaultMenu;
import dev.nommu.tck.fault.FaultSweep;
import dev.nommu.tck.fault.SweepReport;
import dev.nommu.tck.fault.Swept;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/**
 * Lets each call of a class, and of what the kernel lends to it, fail in turn while a generated
 * session uses it.
 *
 * @param of the plugin on its board
 */
record SweptFaults(ContractsOfClass of) {
  private static final String RULE = "PLUGIN-01";
  private static final String NAME = RULE + " Whatever fails, the machine stays sound.";
  private static final String ABOUT = "faults";
  private static final int SEED = 1;
  private static final int LENGTH = 30;

  /** Makes each fault happen, and tells what came of all of them. */
  void run(DataOutputStream out) throws BoardException, IOException {
    Wire.write(out, new Message.Begin(ABOUT + ": " + NAME));
    SweepReport report =
        FaultSweep.run(
            of.subject(),
            Profile.DOCUMENT,
            FaultMenu.ALL,
            of.work(SEED, LENGTH),
            fault -> tell(out, fault.toString()));
    Wire.write(out, new Message.Done(told(report)));
  }

  private static void tell(DataOutputStream out, String fault) {
    try {
      Wire.write(out, new Message.Begin(ABOUT + ": " + fault));
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private static Result told(SweepReport report) {
    long reached = report.swept().stream().filter(Swept::reached).count();
    if (reached == 0) {
      return new Result(ABOUT, RULE, NAME, Verdict.skipped("nothing of it can fail"), NAME);
    }
    if (report.wrong().isEmpty()) {
      return new Result(ABOUT, RULE, NAME, Verdict.HELD, NAME);
    }
    String found =
        report.wrong().stream()
            .map(swept -> "%s: %s".formatted(swept.fault(), swept.wrong()))
            .collect(Collectors.joining("; "));
    Verdict.Broken broken =
        new Verdict.Broken(
            found,
            "sound books and no fault of the plugin, whatever fails",
            "expect each call that is declared to fail to do so");
    String text =
        "%s%n  found:    %s%n  expected: %s%n  change:   %s"
            .formatted(NAME, broken.found(), broken.expected(), broken.remedy());
    return new Result(ABOUT, RULE, NAME, broken, text);
  }
}
