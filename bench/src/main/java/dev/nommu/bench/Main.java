package dev.nommu.bench;

import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The command {@code nommu bench}. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code. Only results go to standard output;
   * the output of libraries goes to standard error.
   */
  public static void main(String[] args) {
    PrintStream results = System.out;
    System.setOut(System.err);
    System.exit(command(results, System.err).execute(args));
  }

  static CommandLine command(PrintStream out, PrintStream err) {
    return new CommandLine(new BenchCommand(out, err))
        .setErr(new PrintWriter(err, true, err.charset()))
        .setExecutionExceptionHandler((failure, _, _) -> {
          err.println("nommu bench: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
  }
}
