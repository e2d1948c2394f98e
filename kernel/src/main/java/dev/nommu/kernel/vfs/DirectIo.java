package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.kernel.device.BlockDeviceFile;
import java.util.EnumSet;
import java.util.Set;

/** The open files that support O_DIRECT: FMODE_CAN_ODIRECT (rule FILE-13). */
final class DirectIo {
  private static final Set<FileKind> OF_FILE_SYSTEM =
      EnumSet.of(FileKind.REGULAR, FileKind.DIRECTORY);

  private DirectIo() {}

  /** Checks that a file may have O_DIRECT; EINVAL. */
  static void requirePossible(OpenFileDescription file) throws ErrnoException {
    VfsInode inode = file.vfsPath().inode();
    boolean possible =
        OF_FILE_SYSTEM.contains(inode.kind())
            ? inode.superBlock().hasDirectIo()
            : file.operations() instanceof BlockDeviceFile;
    if (!possible) {
      throw ErrnoException.byRule(
          "FILE-13", Errno.EINVAL, "O_DIRECT for " + file.vfsPath() + ": it lies on no disk");
    }
  }
}
