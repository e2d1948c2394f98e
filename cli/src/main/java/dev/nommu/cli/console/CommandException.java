package dev.nommu.cli.console;

import java.io.Serial;

/** A command ends early. The message is for the user, complete, and all that is printed. */
public final class CommandException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String message;

  /**
   * Creates the end of a command.
   *
   * @param exitCode one of {@link ExitCode}
   */
  public CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
    this.message = message;
  }

  /** Creates the end of a command, with a cause. */
  public CommandException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.message = message;
  }

  /** Returns the end of a command with the message of its cause. */
  public static CommandException of(int exitCode, Exception cause) {
    return new CommandException(exitCode, String.valueOf(cause.getMessage()), cause);
  }

  /** Returns the exit code of the process. */
  public int exitCode() {
    return exitCode;
  }

  /** Returns the message for the user. */
  public String message() {
    return message;
  }
}
