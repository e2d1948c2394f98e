package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * A page of a mapped file that the host cannot provide: the file was truncated, or the disk is
 * full. The JVM reports it by an {@link InternalError} in the code that touches the page: neither
 * the plugin nor the caller is at fault.
 */
public final class LostPage {
  private LostPage() {}

  /** Returns whether an error reports a lost page. */
  public static boolean isReportedBy(InternalError error) {
    String message = error.getMessage();
    return message != null
        && message.startsWith("a fault occurred in a")
        && message.contains("unsafe memory access");
  }

  /**
   * Returns the failure of an operation on the page.
   *
   * @param operation the caller and the operation, for the message
   * @return EIO
   */
  public static ErrnoException failure(String operation, InternalError error) {
    return new ErrnoException(
        Errno.EIO,
        operation
            + ": the host cannot provide a page of a mapped file, such as a persistent image:"
            + " another program has truncated it, or the disk is full",
        error);
  }
}
