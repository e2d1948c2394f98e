package dev.nommu.cli.explain;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.scenario.Scenario;
import dev.nommu.scenario.ScenarioException;
import dev.nommu.scenario.ScenarioLine;
import dev.nommu.scenario.Step;
import dev.nommu.scenario.Vocabulary;

/** Parses a call of {@code mmap} as a scenario, and points at errors in it. */
final class MmapScenario {
  private MmapScenario() {}

  /**
   * Returns the scenario of a call: a step that opens the file, if needed, and the call.
   *
   * @param flags for opening a path
   * @param vocabulary the names that it can use
   * @throws CommandException if the text is not one correct call of mmap
   */
  static Scenario parse(MmapText text, String flags, Vocabulary vocabulary)
      throws CommandException {
    try {
      Scenario scenario = Scenario.parse("CALL", text.scenario(flags), vocabulary);
      requireMmap(scenario);
      return scenario;
    } catch (ScenarioException malformed) {
      throw new CommandException(ExitCode.USAGE, mistake(text, malformed), malformed);
    }
  }

  private static String mistake(MmapText text, ScenarioException malformed) {
    String near =
        malformed.suggestions().isEmpty()
            ? ""
            : " (did you mean " + String.join(" or ", malformed.suggestions()) + "?)";
    return "nommu explain: expected %s, found %s%s\n  %s\n  %s^"
        .formatted(
            malformed.expected(),
            malformed.found(),
            near,
            text.text(),
            " ".repeat(malformed.position().column() - 1));
  }

  private static void requireMmap(Scenario scenario) throws CommandException {
    if (scenario.lines().isEmpty() || !isMmap(scenario.lines().getLast())) {
      throw new CommandException(
          ExitCode.USAGE,
          "nommu explain: expected one call mmap(address, length, protection, flags, file,"
              + " offset)");
    }
  }

  /** Returns whether a line is a call of mmap. */
  static boolean isMmap(ScenarioLine line) {
    return line
            instanceof ScenarioLine.Statement(var _, int _, Step.Run(var _, var _, var made), var _)
        && made.call().name().equals("mmap");
  }
}
