package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.image.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kind of a node that is to be written, and the data that follows its header. */
sealed interface NodeContent {
  /** Returns the kind of the node. */
  RomfsNode.Kind kind();

  /** Returns what the kind makes of the spec word, as far as it is known before all is laid out. */
  default long spec() {
    return 0;
  }

  /** Returns how many bytes of data follow the header. */
  default long size() {
    return 0;
  }

  /**
   * Writes the data.
   *
   * @throws IOException if it cannot be read or written, or is not as long as it was
   */
  default void writeTo(OutputStream out) throws IOException {}

  /**
   * A node that is all header.
   *
   * @param kind what it is
   * @param spec what the kind makes of it; 0 for a directory, which learns it later
   */
  record HeaderOnly(RomfsNode.Kind kind, long spec) implements NodeContent {}

  /**
   * A symbolic link.
   *
   * @param link where the host has it
   * @param size bytes of the path it holds
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
   * @param file where its bytes are
   * @param size how many there are
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
