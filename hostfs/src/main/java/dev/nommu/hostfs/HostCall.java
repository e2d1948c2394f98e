package dev.nommu.hostfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Calls of the host's file system, whose failures become error numbers here. */
final class HostCall {
  private HostCall() {}

  /** Something the host's file system is asked to do. */
  @FunctionalInterface
  interface Answering<T> {
    /** Does it. */
    T call() throws IOException;
  }

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
  static <T> T run(String operation, Object object, Answering<T> call) throws ErrnoException {
    boolean interrupted = Thread.interrupted();
    try {
      return call.call();
    } catch (ErrnoException e) {
      throw e;
    } catch (IOException
        | DirectoryIteratorException
        | UnsupportedOperationException
        | ClosedFileSystemException e) {
      throw failure(operation, object, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ErrnoException failure(String operation, Object object, Exception cause) {
    return new ErrnoException(
        errno(cause), "%s %s: the host says: %s".formatted(operation, object, cause), cause);
  }

  private static Errno errno(Exception cause) {
    return switch (cause) {
      case NoSuchFileException _ -> Errno.ENOENT;
      case NotDirectoryException _ -> Errno.ENOTDIR;
      case FileAlreadyExistsException _ -> Errno.EEXIST;
      case DirectoryNotEmptyException _ -> Errno.ENOTEMPTY;
      case AccessDeniedException _ -> Errno.EACCES;
      case AtomicMoveNotSupportedException _ -> Errno.EXDEV;
      case ReadOnlyFileSystemException _ -> Errno.EROFS;
      case UnsupportedOperationException _ -> Errno.EPERM;
      case FileSystemException e -> saying(e.getReason());
      default -> saying(cause.getMessage());
    };
  }

  /**
   * Returns the error with whose text the host begins, as the C library of a Unix host does. A full
   * one says so in other words as well, but always with this one.
   */
  private static Errno saying(@Nullable String text) {
    if (text == null) {
      return Errno.EIO;
    }
    return Arrays.stream(Errno.values())
        .filter(errno -> text.startsWith(errno.text()))
        .findFirst()
        .orElse(text.contains(" space") ? Errno.ENOSPC : Errno.EIO);
  }
}
