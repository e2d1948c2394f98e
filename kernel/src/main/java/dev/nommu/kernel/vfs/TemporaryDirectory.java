package dev.nommu.kernel.vfs;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A directory that is deleted when closed, or when the JVM exits, even by SIGTERM. Only this user
 * can access it where the host has modes.
 */
final class TemporaryDirectory implements AutoCloseable {
  /** While the JVM ends, a program may still be writing. */
  private static final int ATTEMPTS = 100;

  private static final Set<PosixFilePermission> ALL =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;
  private final Thread atExit;

  private TemporaryDirectory(Path path) {
    this.path = path;
    this.atExit = new Thread(this::deleteAtExit, "nommu: delete " + path);
  }

  /**
   * Creates one.
   *
   * @param parent its parent
   * @throws IOException if that fails; names the parent
   */
  static TemporaryDirectory in(Path parent) throws IOException {
    TemporaryDirectory made = new TemporaryDirectory(Files.createTempDirectory(parent, "nommu-"));
    try {
      Runtime.getRuntime().addShutdownHook(made.atExit);
      return made;
    } catch (IllegalStateException ending) {
      made.delete();
      throw new FileSystemException(parent.toString(), null, "the JVM is ending");
    }
  }

  Path path() {
    return path;
  }

  /**
   * Deletes it.
   *
   * @throws IOException if something in it cannot be deleted
   */
  @Override
  public void close() throws IOException {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // it runs, and finds nothing
    }
  }

  private void deleteAtExit() {
    try {
      delete();
    } catch (IOException failure) {
      System.getLogger("dev.nommu").log(System.Logger.Level.WARNING, failure.toString());
    }
  }

  private void delete() throws IOException {
    for (int attempt = 1; isThere(); attempt++) {
      try {
        MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
      } catch (NoSuchFileException gone) {
        return;
      } catch (IOException failure) {
        if (attempt == ATTEMPTS) {
          throw failure;
        }
        permit();
      }
    }
  }

  private boolean isThere() {
    return path.getFileSystem().isOpen() && Files.exists(path);
  }

  /** Nothing can be deleted from a directory that the machine, or the host, has made read-only. */
  private void permit() throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return permit(directory);
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return permit(file);
          }
        });
  }

  private static FileVisitResult permit(Path directory) {
    PosixFileAttributeView modes =
        Files.getFileAttributeView(directory, PosixFileAttributeView.class);
    try {
      if (modes != null) {
        modes.setPermissions(ALL);
      }
    } catch (IOException anotherAttemptTells) {
      return FileVisitResult.CONTINUE;
    }
    return FileVisitResult.CONTINUE;
  }
}
