package dev.nommu.nio;

import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import org.jspecify.annotations.Nullable;

/**
 * Converts failures of kernel calls to the exceptions that {@code java.nio.file} has for them, with
 * the failure as cause.
 */
final class Failures {
  private Failures() {}

  /** Returns the exception for a failure that concerns one file. */
  static FileSystemException of(NommuPath file, ErrnoException failure) {
    return of(file.toString(), null, failure);
  }

  /** Returns the exception for a failure that concerns two files. */
  static FileSystemException of(NommuPath file, NommuPath other, ErrnoException failure) {
    return of(file.toString(), other.toString(), failure);
  }

  private static FileSystemException of(
      String file, @Nullable String other, ErrnoException failure) {
    String reason = failure.describe();
    FileSystemException exception =
        switch (failure.errno()) {
          case ENOENT -> new NoSuchFileException(file, other, reason);
          case EEXIST -> new FileAlreadyExistsException(file, other, reason);
          case EACCES, EPERM -> new AccessDeniedException(file, other, reason);
          case ENOTEMPTY -> new DirectoryNotEmptyException(other == null ? file : other);
          default -> new FileSystemException(file, other, reason);
        };
    exception.initCause(failure);
    return exception;
  }

  /** Returns the exception for a directory that could not be listed. */
  static FileSystemException ofDirectory(NommuPath directory, ErrnoException failure) {
    return switch (failure.errno()) {
      case ENOTDIR -> caused(new NotDirectoryException(directory.toString()), failure);
      default -> of(directory, failure);
    };
  }

  /** Returns the exception for a file or directory that could not be removed. */
  static FileSystemException ofRemoval(NommuPath file, ErrnoException failure) {
    return switch (failure.errno()) {
      case EEXIST -> caused(new DirectoryNotEmptyException(file.toString()), failure);
      default -> of(file, failure);
    };
  }

  /** Returns the exception for a name that could not be moved in one step. */
  static FileSystemException ofMove(NommuPath from, NommuPath to, ErrnoException failure) {
    return switch (failure.errno()) {
      case EXDEV ->
          caused(
              new AtomicMoveNotSupportedException(
                  from.toString(), to.toString(), failure.describe()),
              failure);
      default -> of(from, to, failure);
    };
  }

  /** Returns the exception for a symbolic link that could not be read. */
  static FileSystemException ofLink(NommuPath link, ErrnoException failure) {
    return switch (failure.errno()) {
      case EINVAL ->
          caused(new NotLinkException(link.toString(), null, failure.describe()), failure);
      default -> of(link, failure);
    };
  }

  private static FileSystemException caused(FileSystemException exception, ErrnoException cause) {
    exception.initCause(cause);
    return exception;
  }

  /** A call of the kernel that names a file. */
  @FunctionalInterface
  interface Call<T> {
    /** Makes it. */
    T make() throws ErrnoException;
  }

  /** A call of the kernel that returns nothing. */
  @FunctionalInterface
  interface Action {
    /** Makes it. */
    void make() throws ErrnoException;
  }

  /** Makes a call about a file. */
  static <T> T call(NommuPath file, Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (ErrnoException failure) {
      throw of(file, failure);
    }
  }

  /** Makes a call about a file that returns nothing. */
  static void run(NommuPath file, Action action) throws IOException {
    try {
      action.make();
    } catch (ErrnoException failure) {
      throw of(file, failure);
    }
  }
}
