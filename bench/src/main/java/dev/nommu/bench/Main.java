package dev.nommu.bench;

import picocli.CommandLine;

/** The command {@code nommu bench}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand(System.out, System.err)).execute(args));
  }
}
