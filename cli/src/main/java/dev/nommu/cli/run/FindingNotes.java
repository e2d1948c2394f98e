package dev.nommu.cli.run;

import dev.nommu.cli.console.Console;
import dev.nommu.kernel.sanitizer.Finding;
import dev.nommu.kernel.sanitizer.RecordingSanitizer;
import dev.nommu.kernel.sanitizer.Sanitizer;
import java.util.List;

/**
 * Writes the findings of a sanitizer in a scenario to the standard error. The stacks have one call,
 * the line of the scenario: the interpreter's own calls are of no use to its author.
 */
final class FindingNotes implements Watch {
  private final String scenario;
  private final Console console;
  private final RecordingSanitizer sanitizer = new RecordingSanitizer(this::stack);
  private volatile int line;
  private int told;

  /**
   * Watches a run.
   *
   * @param scenario the name of the scenario's file
   */
  FindingNotes(String scenario, Console console) {
    this.scenario = scenario;
    this.console = console;
  }

  private List<StackTraceElement> stack() {
    return List.of(new StackTraceElement("scenario", "step", scenario, line));
  }

  @Override
  public Sanitizer sanitizer() {
    return sanitizer;
  }

  @Override
  public void begun(int next) {
    line = next;
  }

  @Override
  public void tell() {
    List<Finding> findings = sanitizer.findings();
    for (Finding finding : findings.subList(told, findings.size())) {
      console.progress("");
      console.note(finding.toString());
    }
    told = findings.size();
  }
}
