package dev.nommu.cli.console;

/** The exit codes of the command. */
public final class ExitCode {
  /** Everything was done. */
  public static final int OK = 0;

  /** A check, campaign or comparison found failures, or something failed unexpectedly. */
  public static final int FAILED = 1;

  /** The request is invalid, or refers to something missing. */
  public static final int USAGE = 2;

  /** Interrupted: the shell's status for a program killed by SIGINT. */
  public static final int INTERRUPTED = 128 + 2;

  /** The output was closed: the shell's status for a program killed by SIGPIPE. */
  public static final int OUTPUT_CLOSED = 128 + 13;

  private ExitCode() {}
}
