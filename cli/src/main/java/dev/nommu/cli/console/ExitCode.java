package dev.nommu.cli.console;

/** The exit codes of the command. */
public final class ExitCode {
  /** Everything was done. */
  public static final int OK = 0;

  /** Something failed that should not have, or the program itself is wrong. */
  public static final int FAILED = 1;

  /** Something was asked for that cannot be understood, or is not there. */
  public static final int USAGE = 2;

  /** It was interrupted: what a shell says of a program that SIGINT ended. */
  public static final int INTERRUPTED = 128 + 2;

  /** Nobody reads the output any more: what a shell says of a program that SIGPIPE ended. */
  public static final int OUTPUT_CLOSED = 128 + 13;

  private ExitCode() {}
}
