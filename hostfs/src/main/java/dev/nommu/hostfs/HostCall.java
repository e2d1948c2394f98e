package dev.nommu.hostfs;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.HostFailure;
import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;

/** Calls to the host's file system, whose failures become errno values. */
final class HostCall {
  private HostCall() {}

  /** A call to the host's file system without a result. */
  @FunctionalInterface
  interface Acting {
    /** Performs the call. */
    void call() throws IOException;
  }

  /** Performs a call, as {@link #run}. */
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
   * Performs a call and returns its result. A pending interrupt of the thread is deferred
   * meanwhile: it would close the host's channels.
   *
   * @param operation the operation, for the message
   * @param object its object, for the message
   * @throws ErrnoException the errno of the host's error; EIO if unknown
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
