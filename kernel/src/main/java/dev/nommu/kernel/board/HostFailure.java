package dev.nommu.kernel.board;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** What failed on the host, for a person who has the name of the file already. */
public final class HostFailure {
  private HostFailure() {}

  /** Returns why, in a few words such as "there is no such file". */
  public static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException absent -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException other ->
          Optional.ofNullable(other.getReason()).orElse("the host refuses");
      default -> Optional.ofNullable(failure.getMessage()).orElse("the host refuses");
    };
  }
}
