package dev.nommu.hostfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import java.io.IOException;
import java.nio.file.Path;

/** The type {@code hostfs}: the host directory that the board assigns to the source. */
public final class HostfsType implements FileSystemType {
  private static final String BLOCK_SIZE = "blocksize";
  private static final int DEFAULT_BLOCK = 4096;
  private static final int SMALLEST_BLOCK = 512;
  private static final int LARGEST_BLOCK = 65536;

  /** Creates the type; it has no state. */
  public HostfsType() {}

  @Override
  public String name() {
    return "hostfs";
  }

  @Override
  public Source source() {
    return Source.NODEV;
  }

  /**
   * Knows {@code blocksize=BYTES}: the block size that files and statistics report, 4096 by
   * default.
   */
  @Override
  public boolean knowsOption(String name) {
    return name.equals(BLOCK_SIZE);
  }

  /**
   * Mounts the host directory of the source.
   *
   * @throws ErrnoException EINVAL if the board assigns none, or for a block size that is not a
   *     power of two from 512 to 65536; ENOENT or ENOTDIR if it does not exist or is not a
   *     directory; EIO
   */
  @Override
  public FileSystem mount(MountRequest request) throws ErrnoException {
    Path directory =
        request
            .hostDirectory()
            .orElseThrow(() ->
                new ErrnoException(
                    Errno.EINVAL,
                    "mount: the board has no host directory for source \""
                        + request.source()
                        + "\""));
    int block = blockSize(request);
    return HostCall.run("mount", directory, () -> mount(HostTree.of(directory), block));
  }

  private static int blockSize(MountRequest request) throws ErrnoException {
    int block = DEFAULT_BLOCK;
    for (String option : request.options()) {
      block = blockSize(option.replaceFirst(BLOCK_SIZE + "=?", ""));
    }
    return block;
  }

  private static int blockSize(String value) throws ErrnoException {
    int block = value.matches("\\d{3,5}") ? Integer.parseInt(value) : 0;
    if (block < SMALLEST_BLOCK || block > LARGEST_BLOCK || Integer.bitCount(block) != 1) {
      throw new ErrnoException(
          Errno.EINVAL,
          "mount: blocksize: expected a power of two from %d to %d, found \"%s\""
              .formatted(SMALLEST_BLOCK, LARGEST_BLOCK, value));
    }
    return block;
  }

  private static FileSystem mount(HostTree tree, int block) throws IOException {
    try {
      return new HostFileSystem(tree, block);
    } catch (IOException failure) {
      tree.close();
      throw failure;
    }
  }
}
