package dev.nommu.kernel.vfs;

import dev.nommu.api.AccessMode;
import dev.nommu.api.Directory;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Inode;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.plugin.PluginCall;
import java.util.Optional;
import java.util.Set;

/**
 * Files in memory that no path leads to, as those of the kernel's own tmpfs mount: what memfd and
 * System V shared memory consist of. Thread-safe.
 */
public final class UnlinkedFiles {
  private static final int PERMISSIONS = 0600;

  private final Mount mount;
  private final Opener opener;

  /**
   * Mounts a file system of a type where nobody sees it.
   *
   * @throws ErrnoException ENODEV if there is no such type
   */
  public UnlinkedFiles(FileSystems fileSystems, String typeName, Opener opener)
      throws ErrnoException {
    SuperBlock superBlock =
        fileSystems.superBlock(
            fileSystems.requireType(typeName), "none", Optional.empty(), "", AccessMode.READ_WRITE);
    this.mount = new Mount(superBlock, "none", Set.of(), Optional.empty());
    this.opener = opener;
  }

  /**
   * Makes an empty file, open for reading and writing, and removes its name.
   *
   * @param name what the path of its mappings is made of
   * @throws ErrnoException ENOMEM
   */
  public synchronized OpenFileDescription create(String name) throws ErrnoException {
    VfsPath root = mount.root();
    Directory directory = root.requireDirectory();
    Inode made =
        PluginCall.ask(
            directory, "create", () -> directory.create(name, new NewInode.File(PERMISSIONS)));
    VfsPath path = new VfsPath(mount, mount.superBlock().inode(made), Optional.of(root), name);
    try {
      return opener.openInode(path, AccessMode.READ_WRITE, new OpenFlags(OpenFlags.O_RDWR));
    } finally {
      PluginCall.tell(directory, "unlink", () -> directory.unlink(name));
    }
  }
}
