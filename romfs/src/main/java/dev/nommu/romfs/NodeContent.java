package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.image.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kind of a node to be written, and the data after its header. */
sealed interface NodeContent {
  /** Returns the kind of the node. */
  RomfsNode.Kind kind();

  /** Returns the spec word, as far as it is known before the layout is complete. */
  default long spec() {
    return 0;
  }

  /** Returns the number of bytes of data after the header. */
  default long size() {
    return 0;
  }

  /**
   * Writes the data.
   *
   * @throws IOException if it cannot be read or written, or its length has changed
   */
  default void writeTo(OutputStream out) throws IOException {}

  /**
   * A node without data.
   *
   * @param kind its kind
   * @param spec the spec word; 0 for a directory, whose spec is set later
   */
  record HeaderOnly(RomfsNode.Kind kind, long spec) implements NodeContent {}

  /**
   * A symbolic link.
   *
   * @param link the link on the host
   * @param size bytes in its target path
   */
  record LinkTarget(Path link, long size) implements NodeContent {
    @Override
    public RomfsNode.Kind kind() {
      return RomfsNode.Kind.SYMBOLIC_LINK;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] target = HostFiles.target(link);
      requireAsBefore(link, size, target.length);
      out.write(target);
    }
  }

  /**
   * A regular file.
   *
   * @param file the file on the host
   * @param size its bytes
   */
  record FileBytes(Path file, long size) implements NodeContent {
    @Override
    public RomfsNode.Kind kind() {
      return RomfsNode.Kind.REGULAR;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      long copied;
      try (InputStream in = Files.newInputStream(file)) {
        copied = in.transferTo(out);
      }
      requireAsBefore(file, size, copied);
    }
  }

  private static void requireAsBefore(Path file, long size, long found) throws ErrnoException {
    if (found != size) {
      throw new ErrnoException(
          Errno.EIO,
          "write image: %s: expected %d bytes as before, found %d".formatted(file, size, found));
    }
  }
}
