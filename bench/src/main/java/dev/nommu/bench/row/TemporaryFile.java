package dev.nommu.bench.row;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of zeros on the host, deleted on close.
 *
 * @param path its path
 */
record TemporaryFile(Path path) implements Closeable {
  private static final Path TMPFS = Path.of("/dev/shm");

  /** Creates a file on the host's tmpfs, or in its temporary directory if it has no tmpfs. */
  static TemporaryFile onTmpfs(long bytes) throws IOException {
    Path path =
        Files.isWritable(TMPFS)
            ? Files.createTempFile(TMPFS, "nommu-bench", "")
            : Files.createTempFile("nommu-bench", "");
    Files.write(path, new byte[Math.toIntExact(bytes)]);
    return new TemporaryFile(path);
  }

  /** Opens it for reading and writing. */
  FileChannel open() throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
