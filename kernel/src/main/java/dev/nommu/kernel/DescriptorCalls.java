package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/** The calls of a task about its descriptors themselves. Any thread may make them. */
public final class DescriptorCalls {
  /** Command of {@link #fcntl}: returns the flags of a descriptor. */
  public static final int F_GETFD = 1;

  /** Command of {@link #fcntl}: sets the flags of a descriptor. */
  public static final int F_SETFD = 2;

  /** The one flag of a descriptor: exec closes it. */
  public static final int FD_CLOEXEC = 1;

  private final TaskLife life;

  DescriptorCalls(TaskLife life) {
    this.life = life;
  }

  /**
   * Gets or sets the flags of a descriptor.
   *
   * @param command F_GETFD or F_SETFD
   * @param argument flags to set; all but FD_CLOEXEC are ignored
   * @return flags, or 0
   * @throws ErrnoException EBADF; EINVAL for another command
   */
  public int fcntl(int descriptor, int command, int argument) throws ErrnoException {
    life.attend();
    FileTable files = life.belongings().files();
    FileTable.OnExec former = files.onExec(descriptor);
    return switch (command) {
      case F_GETFD -> former == FileTable.OnExec.CLOSED ? FD_CLOEXEC : 0;
      case F_SETFD -> {
        files.onExec(descriptor, FileTable.OnExec.closedIf(argument, FD_CLOEXEC));
        yield 0;
      }
      default -> throw new ErrnoException(Errno.EINVAL, "fcntl: unknown command " + command);
    };
  }
}
