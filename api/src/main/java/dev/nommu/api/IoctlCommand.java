package dev.nommu.api;

import java.util.Objects;

/**
 * A named ioctl.
 *
 * <p>Made by the factories, so that components can be added without changing callers.
 *
 * @param name in C, such as {@code "MEMGETINFO"}
 * @param number the command passed to {@link ControllableFile#ioctl}
 * @param direction which way the data that the argument points to is copied
 * @param argument the layout of that data
 * @since 0.1.0
 */
public record IoctlCommand(String name, int number, Direction direction, IoctlArgument argument) {
  /** Which way data is copied, as the program sees it. Will not grow. */
  public enum Direction {
    /** No data: the argument is absent, a number, or a pointer without a layout. */
    NONE,
    /** The program fills in the data and the driver reads it: {@code _IOW}. */
    WRITE,
    /** The driver fills in the data and the program reads it: {@code _IOR}. */
    READ,
    /** The program fills in the data and the driver changes it: {@code _IOWR}. */
    READ_WRITE;

    /** Returns whether the program reads data filled in by the driver. */
    public boolean isRead() {
      return this == READ || this == READ_WRITE;
    }
  }

  /**
   * Checks the components.
   *
   * @throws NullPointerException if one is missing
   */
  public IoctlCommand {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(argument, "argument");
  }

  /** Returns an ioctl whose argument is not described. */
  public static IoctlCommand named(String name, int number) {
    return new IoctlCommand(name, number, Direction.NONE, IoctlArgument.NONE);
  }

  /** Returns an ioctl that reads data from the program. */
  public static IoctlCommand writing(String name, int number, IoctlArgument argument) {
    return new IoctlCommand(name, number, Direction.WRITE, argument);
  }

  /** Returns an ioctl that returns data to the program. */
  public static IoctlCommand reading(String name, int number, IoctlArgument argument) {
    return new IoctlCommand(name, number, Direction.READ, argument);
  }

  /** Returns an ioctl that reads and changes data of the program. */
  public static IoctlCommand exchanging(String name, int number, IoctlArgument argument) {
    return new IoctlCommand(name, number, Direction.READ_WRITE, argument);
  }
}
