package dev.nommu.romfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a node that is to be written is, and the data that follows its header. */
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
   * @param target the path it holds
   */
  record LinkTarget(String target) implements NodeContent {
    @Override
    public RomfsNode.Kind kind() {
      return RomfsNode.Kind.SYMBOLIC_LINK;
    }

    @Override
    public long size() {
      return target.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(target.getBytes(StandardCharsets.UTF_8));
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
      if (copied != size) {
        throw new ErrnoException(
            Errno.EIO,
            "write image: %s: expected %d bytes as before, found %d".formatted(file, size, copied));
      }
    }
  }
}
