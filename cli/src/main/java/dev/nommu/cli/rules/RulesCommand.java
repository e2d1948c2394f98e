package dev.nommu.cli.rules;

import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.option.Choice;
import dev.nommu.cli.text.Cell;
import dev.nommu.cli.text.Columns;
import dev.nommu.tck.RuleText;
import dev.nommu.tck.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the rules. */
@Command(
    name = "rules",
    header = "Lists the rules, with the kind of each and its tests.",
    description = {
      "Lists the number and sentence of each rule, and what holds it: 'contract' if a plugin can"
          + " break it, so that 'check' and the contracts for JUnit test it; 'kernel' if no plugin"
          + " can, and nommu's own tests hold it; 'declined' if this kernel does not have it;"
          + " 'nothing' if it has no test. The last line has the counts. docs/RULES.md says more of"
          + " each."
    },
    footer = {"  nommu rules", "  nommu rules --held-by contract"})
public final class RulesCommand implements Callable<Integer> {
  @Option(
      names = "--held-by",
      paramLabel = "WHAT",
      converter = HolderConverter.class,
      completionCandidates = HolderConverter.class,
      description = "List only rules held by this: ${COMPLETION-CANDIDATES}.")
  private Optional<Holder> heldBy = Optional.empty();

  private final Console console;

  /** Creates the command. */
  public RulesCommand(Console console) {
    this.console = console;
  }

  /** Reads what holds a rule. */
  static final class HolderConverter extends Choice<Holder> {
    HolderConverter() {
      super(List.of(Holder.values()), Holder::id);
    }
  }

  @Override
  public Integer call() {
    List<List<Cell>> rows = new ArrayList<>();
    for (RuleText rule : Rules.all()) {
      Holder holder = Holder.of(rule);
      if (heldBy.isEmpty() || heldBy.get() == holder) {
        rows.add(List.of(Cell.of(rule.number()), Cell.of(holder.id()), Cell.of(rule.sentence())));
      }
    }
    console.lines(Columns.lay(rows, console.palette()));
    console.line(counts());
    return ExitCode.OK;
  }

  private static String counts() {
    return "%d rules: %s"
        .formatted(
            Rules.all().size(),
            Arrays.stream(Holder.values())
                .map(holder -> "%s %d".formatted(holder.id(), count(holder)))
                .collect(Collectors.joining(", ")));
  }

  private static long count(Holder holder) {
    return Rules.all().stream().filter(rule -> Holder.of(rule) == holder).count();
  }
}
