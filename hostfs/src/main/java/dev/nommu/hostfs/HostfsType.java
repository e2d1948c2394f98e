package dev.nommu.hostfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.MountRequest;
import java.io.IOException;
import java.nio.file.Path;

/** The type {@code hostfs}: the host directory that the board gives to the source. */
public final class HostfsType implements FileSystemType {
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
   * Mounts the host directory of the source.
   *
   * @throws ErrnoException EINVAL if the board gives the source none; ENOENT or ENOTDIR if it is
   *     not there or not a directory; EIO
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
    return HostCall.run("mount", directory, () -> mount(HostTree.of(directory)));
  }

  private static FileSystem mount(HostTree tree) throws IOException {
    try {
      return new HostFileSystem(tree);
    } catch (IOException failure) {
      tree.close();
      throw failure;
    }
  }
}
