package dev.nommu.image;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileNames;
import dev.nommu.api.HostFailure;
import java.io.IOException;
import java.lang.ScopedValue.CallableOp;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The host's files that an image is made from. Each failure names the unreadable file. Stateless.
 */
public final class HostFiles {
  private HostFiles() {}

  /**
   * Carries out an operation and returns its result.
   *
   * @param what the operation and file, for error messages
   * @throws ErrnoException any error of the host
   */
  public static <T> T attempt(String what, CallableOp<T, IOException> operation)
      throws ErrnoException {
    try {
      return operation.call();
    } catch (IOException failure) {
      throw HostFailure.of(what, failure);
    }
  }

  /**
   * Returns the entries of a directory, in the host's order.
   *
   * @throws ErrnoException ENOENT, ENOTDIR or any other error of the host
   */
  public static List<Path> list(Path directory) throws ErrnoException {
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
   * Returns the last name of a path as stored in an image.
   *
   * @throws ErrnoException EINVAL if the host's locale cannot decode the name
   */
  public static byte[] name(Path path) throws ErrnoException {
    Path name = path.getFileName();
    return name == null ? new byte[0] : bytes(name.toString());
  }

  /**
   * Returns the target of a symbolic link as stored in an image.
   *
   * @throws ErrnoException any error of the host, EINVAL as above
   */
  public static byte[] target(Path link) throws ErrnoException {
    Path target = attempt("read link " + link, () -> Files.readSymbolicLink(link));
    String separator = link.getFileSystem().getSeparator();
    return bytes(target.toString().replace(separator, "/"));
  }

  /**
   * Returns text of the host as stored in an image, in UTF-8. Java decodes bytes invalid in the
   * locale as U+FFFD, which would change the text.
   *
   * @throws ErrnoException EINVAL if the locale cannot decode it
   */
  public static byte[] bytes(String text) throws ErrnoException {
    if (text.indexOf('\ufffd') >= 0) {
      throw new ErrnoException(
          Errno.EINVAL,
          "write image: \"%s\": expected text in the locale's character set, found other bytes"
                  .formatted(text)
              + "; a locale such as C.UTF-8 may be needed");
    }
    return FileNames.encode(text);
  }
}
