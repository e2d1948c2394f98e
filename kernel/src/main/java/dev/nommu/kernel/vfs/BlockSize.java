package dev.nommu.kernel.vfs;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystem;
import dev.nommu.api.UserMemory;
import dev.nommu.kernel.plugin.PluginCall;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** FIGETBSZ, which the kernel answers for every file (rule FILE-09, {@code do_vfs_ioctl}). */
final class BlockSize {
  static final int FIGETBSZ = 2;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private BlockSize() {}

  /**
   * Stores the block size of a file's file system.
   *
   * @return 0
   * @throws ErrnoException EINVAL if the file system has none; EFAULT; EIO (rule PLUGIN-01)
   */
  static long answer(OpenFileDescription file, long argument, UserMemory memory)
      throws ErrnoException {
    long size = sizeOnHeld(file);
    if (size == 0) {
      throw ErrnoException.byRule(
          "FILE-09",
          Errno.EINVAL,
          "FIGETBSZ of " + file.path() + ": its file system has no blocks");
    }
    memory.at(argument, INT.byteSize()).set(INT, 0, (int) size);
    return 0;
  }

  private static long sizeOnHeld(OpenFileDescription file) throws ErrnoException {
    FileSystem on = file.vfsPath().inode().superBlock().fileSystem();
    file.hold();
    try {
      return PluginCall.count(on, "blockSize", 0, Integer.MAX_VALUE, on::blockSize);
    } finally {
      file.release();
    }
  }
}
