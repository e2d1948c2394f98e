package dev.nommu.cli;

import dev.nommu.cli.console.CommandException;
import dev.nommu.cli.console.Console;
import dev.nommu.cli.console.ExitCode;
import dev.nommu.cli.console.OutputClosedException;
import dev.nommu.kernel.board.BoardException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports errors, in as few words as help. */
final class Mistakes {
  private final Console console;

  Mistakes(Console console) {
    this.console = console;
  }

  /** Reports an error in the command line; shows the full help if it is empty. */
  int explain(ParameterException mistake, String[] args) {
    CommandLine command = mistake.getCommandLine();
    if (args.length == 0) {
      command.usage(command.getErr());
      return ExitCode.USAGE;
    }
    String name = command.getCommandSpec().qualifiedName();
    console.note(name + ": " + message(mistake));
    console.note("Try '" + name + " --help'.");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException mistake) {
    return switch (mistake) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      default -> String.valueOf(mistake.getMessage());
    };
  }

  private static String unmatched(UnmatchedArgumentException mistake) {
    String found = mistake.getUnmatched().getFirst();
    boolean commands = !mistake.getCommandLine().getSubcommands().isEmpty();
    String kind = found.startsWith("-") ? "option" : commands ? "command" : "argument";
    List<String> near = mistake.getSuggestions();
    String suggestion = near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)";
    return "unknown " + kind + " '" + found + "'" + suggestion;
  }

  /** Reports an error while a command ran. Only unexpected errors have a stack trace. */
  int report(Exception failure, CommandLine command, ParseResult parsed) {
    return switch (failure) {
      case OutputClosedException closed -> ExitCode.OUTPUT_CLOSED;
      case CommandException known -> say(known.message(), known.exitCode());
      case BoardException board -> say("nommu: " + board.getMessage(), ExitCode.USAGE);
      default -> {
        console.bug(failure);
        yield ExitCode.FAILED;
      }
    };
  }

  private int say(String message, int exitCode) {
    console.note(message);
    return exitCode;
  }
}
