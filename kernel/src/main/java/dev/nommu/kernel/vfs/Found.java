package dev.nommu.kernel.vfs;

import dev.nommu.api.ErrnoException;
import java.lang.ScopedValue.CallableOp;

/**
 * The object to open.
 *
 * @param path its place
 * @param fresh whether it was just created, so that it is opened whatever its mode
 * @param writing keeps the mount of a fresh file writable until it is open
 */
record Found(VfsPath path, boolean fresh, Mount.Writing writing) implements AutoCloseable {
  /** Returns an existing object. */
  static Found there(VfsPath path) {
    return new Found(path, false, Mount.Writing.NOTHING);
  }

  /**
   * Returns a new file.
   *
   * @param directory its parent
   * @throws ErrnoException EROFS if the mount is read-only
   */
  static Found made(VfsPath directory, CallableOp<VfsPath, ErrnoException> making)
      throws ErrnoException {
    Mount.Writing writing = directory.beginChange();
    try {
      return new Found(making.call(), true, writing);
    } catch (ErrnoException | RuntimeException | Error failure) {
      writing.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    writing.close();
  }
}
