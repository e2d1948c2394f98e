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
 * The host's files that an image is made of. Each failure says which file could not be read.
 * Stateless.
 */
public final class HostFiles {
  private HostFiles() {}

  /**
   * Carries out an operation and returns what came of it.
   *
   * @param what names operation and file in the message of an error
   * @throws ErrnoException what the host says
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
   * Returns what is in a directory, in the order of the host.
   *
   * @throws ErrnoException ENOENT, ENOTDIR or what else the host says
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
   * Returns the last name of a path as an image has it.
   *
   * @throws ErrnoException EINVAL if the host's locale cannot tell the name
   */
  public static byte[] name(Path path) throws ErrnoException {
    Path name = path.getFileName();
    return name == null ? new byte[0] : bytes(name.toString());
  }

  /**
   * Returns the path a symbolic link holds as an image has it.
   *
   * @throws ErrnoException what the host says, EINVAL as above
   */
  public static byte[] target(Path link) throws ErrnoException {
    Path target = attempt("read link " + link, () -> Files.readSymbolicLink(link));
    String separator = link.getFileSystem().getSeparator();
    return bytes(target.toString().replace(separator, "/"));
  }

  /**
   * Returns text of the host as an image has it: in UTF-8. Java shows bytes that the locale cannot
   * decode as U+FFFD: written so it would be another text.
   *
   * @throws ErrnoException EINVAL if the locale cannot read it
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
