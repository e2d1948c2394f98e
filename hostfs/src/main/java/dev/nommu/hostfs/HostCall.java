package dev.nommu.hostfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;

/** Calls of the host's file system, whose failures become error numbers here. */
final class HostCall {
  private HostCall() {}

  /** Something the host's file system is told to do. */
  @FunctionalInterface
  interface Acting {
    /** Does it. */
    void call() throws IOException;
  }

  /** Does something as {@link #run} does. */
  static void act(String operation, Object object, Acting call) throws ErrnoException {
    run(
        operation,
        object,
        () -> {
          call.call();
          return object;
        });
  }

  /**
   * Does something and returns the answer. An interrupt that is pending for the thread is held back
   * meanwhile: it would close the host's channels.
   *
   * @param operation what is done, for the message
   * @param object what it is done to, for the message
   * @throws ErrnoException what the host says, as an error number; EIO if it says nothing known
   */
  static <T> T run(String operation, Object object, CallableOp<T, IOException> call)
      throws ErrnoException {
    boolean interrupted = Thread.interrupted();
    try {
      return call.call();
    } catch (IOException
        | DirectoryIteratorException
        | UnsupportedOperationException
        | ClosedFileSystemException e) {
      throw HostFailure.of(operation + " " + object, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
