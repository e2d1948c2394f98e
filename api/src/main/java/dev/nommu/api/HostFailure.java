package dev.nommu.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure of the host's file system, as an error number and in words, for plugins that store data
 * in its files. Stateless.
 *
 * @since 0.1.0
 */
public final class HostFailure {
  /** How hosts other than Unix (Windows, Jimfs) report a full disk. */
  private static final List<String> FULL =
      List.of("There is not enough space on the disk", "out of disk space");

  private HostFailure() {}

  /**
   * Returns a failure of the host as one of the machine: itself if it has an error number.
   *
   * @param what the operation and its object, such as {@code "open of /srv/rom.img"}
   */
  public static ErrnoException of(String what, Exception failure) {
    return failure instanceof ErrnoException already
        ? already
        : with(errno(failure), what, failure);
  }

  /**
   * Returns a failure of the host as EIO unless it has an error number, for a device stored in a
   * file.
   *
   * @param what as for {@link #of}
   */
  public static ErrnoException ofDevice(String what, IOException failure) {
    return failure instanceof ErrnoException already ? already : with(Errno.EIO, what, failure);
  }

  private static ErrnoException with(Errno errno, String what, Exception failure) {
    return new ErrnoException(errno, what + ": " + where(what, failure) + reason(failure), failure);
  }

  /** Returns the name of the file the host failed on, unless the message contains it. */
  private static String where(String what, Exception failure) {
    return failure instanceof FileSystemException at
            && at.getFile() != null
            && !what.contains(at.getFile())
        ? at.getFile() + ": "
        : "";
  }

  /** Returns the error number of a host's failure; EIO if it is unknown. */
  private static Errno errno(Exception failure) {
    return switch (failure) {
      case ErrnoException already -> already.errno();
      case DirectoryIteratorException listing -> errno(Objects.requireNonNull(listing.getCause()));
      case NoSuchFileException _ -> Errno.ENOENT;
      case NotDirectoryException _ -> Errno.ENOTDIR;
      case FileAlreadyExistsException _ -> Errno.EEXIST;
      case DirectoryNotEmptyException _ -> Errno.ENOTEMPTY;
      case AccessDeniedException _ -> Errno.EACCES;
      case AtomicMoveNotSupportedException _ -> Errno.EXDEV;
      case ReadOnlyFileSystemException _ -> Errno.EROFS;
      case UnsupportedOperationException _ -> Errno.EPERM;
      case FileSystemException other -> saying(other.getReason());
      default -> saying(failure.getMessage());
    };
  }

  /**
   * Returns the error whose text the host's message begins with, as that of a Unix C library does;
   * other hosts report a full disk in other words. The rest may be a path and is ignored.
   */
  private static Errno saying(@Nullable String text) {
    if (text == null) {
      return Errno.EIO;
    }
    return Arrays.stream(Errno.values())
        .filter(errno -> text.startsWith(errno.text()))
        .findFirst()
        .orElse(FULL.stream().anyMatch(text::startsWith) ? Errno.ENOSPC : Errno.EIO);
  }

  /**
   * Returns the reason in a few words, such as "no such file or directory", for a message that
   * names the file.
   */
  public static String reason(Exception failure) {
    return switch (failure) {
      case DirectoryIteratorException listing -> reason(Objects.requireNonNull(listing.getCause()));
      case NoSuchFileException _ -> "no such file or directory";
      case NotDirectoryException _ -> "not a directory";
      case FileAlreadyExistsException _ -> "already exists";
      case DirectoryNotEmptyException _ -> "directory not empty";
      case AccessDeniedException _ -> "permission denied";
      case ReadOnlyFileSystemException _ -> "read-only file system";
      case FileSystemException other ->
          Optional.ofNullable(other.getReason()).orElse("refused by the host");
      default -> Optional.ofNullable(failure.getMessage()).orElse("refused by the host");
    };
  }
}
