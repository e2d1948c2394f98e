package dev.nommu.cramfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files an image is made of. Each failure says which file could not be read. */
final class HostFiles {
  private HostFiles() {}

  /** An operation on a file. */
  @FunctionalInterface
  interface Operation<T> {
    /** Carries it out. */
    T run() throws IOException;
  }

  /**
   * Carries out an operation.
   *
   * @param what names operation and file in the message of an error
   * @throws ErrnoException ENOENT, ENOTDIR or EIO if it fails
   */
  static <T> T attempt(String what, Operation<T> operation) throws ErrnoException {
    try {
      return operation.run();
    } catch (ErrnoException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new ErrnoException(Errno.ENOENT, what + ": there is no such file", e);
    } catch (NotDirectoryException e) {
      throw new ErrnoException(Errno.ENOTDIR, what + ": it is not a directory", e);
    } catch (IOException e) {
      throw new ErrnoException(Errno.EIO, what + ": " + e, e);
    }
  }

  /** Returns what is in a directory, in no order. */
  static List<Path> list(Path directory) throws ErrnoException {
    return attempt(
        "list " + directory,
        () -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            List<Path> paths = new ArrayList<>();
            stream.forEach(paths::add);
            return paths;
          } catch (DirectoryIteratorException e) {
            throw e.getCause();
          }
        });
  }

  /**
   * Returns the last name of a path as an image has it.
   *
   * @throws ErrnoException EINVAL if the host's locale cannot tell the name
   */
  static byte[] name(Path path) throws ErrnoException {
    Path name = path.getFileName();
    return name == null ? new byte[0] : bytes(name.toString());
  }

  /**
   * Returns the path a symbolic link holds as an image has it.
   *
   * @throws ErrnoException EIO if it cannot be read, EINVAL as above
   */
  static byte[] target(Path link) throws ErrnoException {
    Path target = attempt("read link " + link, () -> Files.readSymbolicLink(link));
    String separator = link.getFileSystem().getSeparator();
    return bytes(target.toString().replace(separator, "/"));
  }

  /** What the locale cannot read, Java shows as U+FFFD: written so it would be another name. */
  private static byte[] bytes(String text) throws ErrnoException {
    if (text.indexOf('\ufffd') >= 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "write cramfs: \"%s\": expected text in the locale's character set, found other bytes"
                  .formatted(text)
              + "; a locale such as C.UTF-8 may be needed");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
