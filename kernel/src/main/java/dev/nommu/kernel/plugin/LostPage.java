package dev.nommu.kernel.plugin;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;

/**
 * A page of a mapped file that the host cannot give: the file was cut, or has no place on a full
 * disk. The JVM reports it by an {@link InternalError}, in whatever code touches the page: it is
 * neither the plugin's fault nor the caller's.
 */
public final class LostPage {
  private LostPage() {}

  /** Returns whether a lost page is what an error reports. */
  public static boolean isReportedBy(InternalError error) {
    String message = error.getMessage();
    return message != null
        && message.startsWith("a fault occurred in a")
        && message.contains("unsafe memory access");
  }

  /**
   * Returns the failure of what was done with the page.
   *
   * @param operation who did what, for the message
   * @return EIO
   */
  public static ErrnoException failure(String operation, InternalError error) {
    return new ErrnoException(
        Errno.EIO,
        operation
            + ": the host cannot give a page of a file that is mapped, such as an image that is"
            + " kept: another program has cut it, or the disk is full",
        error);
  }
}
