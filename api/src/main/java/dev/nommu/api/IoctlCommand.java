package dev.nommu.api;

import java.util.Objects;

/**
 * An ioctl by its name.
 *
 * <p>Made by the factories, so that it may grow without changing callers.
 *
 * @param name in C, such as {@code "MEMGETINFO"}
 * @param number what is handed to {@link ControllableFile#ioctl}
 * @param direction which way the memory goes that the argument points at
 * @param argument what is in that memory
 * @since 0.1.0
 */
public record IoctlCommand(String name, int number, Direction direction, IoctlArgument argument) {
  /** Which way memory goes, as the program sees it. Will not grow. */
  public enum Direction {
    /** None: there is no argument, it is a number, or what it points at is not described. */
    NONE,
    /** The program fills the memory in and the driver reads it: {@code _IOW}. */
    WRITE,
    /** The driver fills the memory in and the program reads it: {@code _IOR}. */
    READ,
    /** The program fills the memory in and the driver changes it: {@code _IOWR}. */
    READ_WRITE;

    /** Returns whether the program reads what the driver has filled in. */
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

  /** Returns an ioctl of whose argument nothing is described. */
  public static IoctlCommand named(String name, int number) {
    return new IoctlCommand(name, number, Direction.NONE, IoctlArgument.NONE);
  }

  /** Returns an ioctl to which the program hands memory that it has filled in. */
  public static IoctlCommand writing(String name, int number, IoctlArgument argument) {
    return new IoctlCommand(name, number, Direction.WRITE, argument);
  }

  /** Returns an ioctl from which the program gets memory that the driver has filled in. */
  public static IoctlCommand reading(String name, int number, IoctlArgument argument) {
    return new IoctlCommand(name, number, Direction.READ, argument);
  }

  /** Returns an ioctl that changes memory which the program has filled in. */
  public static IoctlCommand exchanging(String name, int number, IoctlArgument argument) {
    return new IoctlCommand(name, number, Direction.READ_WRITE, argument);
  }
}
