package dev.nommu.api;

/**
 * A file with ioctls, as {@code file_operations.unlocked_ioctl}.
 *
 * @since 0.1.0
 */
public interface ControllableFile extends OpenFile {
  /**
   * Carries out a command.
   *
   * @param command the number of the command
   * @param argument a number or an address, depending on the command
   * @param memory the caller's memory, for arguments that are addresses
   * @return 0 or more
   * @throws ErrnoException ENOTTY if the command is unknown, EFAULT for a bad address
   */
  long ioctl(int command, long argument, UserMemory memory) throws ErrnoException;
}
