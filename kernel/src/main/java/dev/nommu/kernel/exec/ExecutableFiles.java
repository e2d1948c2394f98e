package dev.nommu.kernel.exec;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Executable;
import dev.nommu.kernel.vfs.FsContext;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.Opener;
import java.util.IdentityHashMap;

/** The open files of one exec. Not safe for concurrent use. */
final class ExecutableFiles implements AutoCloseable {
  private final Opener opener;
  private final FsContext context;
  private final IdentityHashMap<Executable, OpenFileDescription> open = new IdentityHashMap<>();

  ExecutableFiles(Opener opener, FsContext context) {
    this.opener = opener;
    this.context = context;
  }

  /**
   * Opens a file to execute it; see {@link Opener#openExecutable}. It cannot be opened for writing
   * until the exec is over.
   *
   * @throws ErrnoException ETXTBSY if it is open for writing (rule EXEC-12), and as above
   */
  ExecutableFile open(String path) throws ErrnoException {
    OpenFileDescription file = opener.openExecutable(context, path);
    try {
      file.vfsPath().denyWriting();
    } catch (ErrnoException written) {
      file.release();
      throw written;
    }
    try {
      ExecutableFile executable = new ExecutableFile(this, path, file);
      open.put(executable, file);
      return executable;
    } catch (Throwable unreadable) {
      close(file);
      throw unreadable;
    }
  }

  private static void close(OpenFileDescription file) {
    file.vfsPath().allowWriting();
    file.release();
  }

  /**
   * Returns the open file that was passed to a plugin as an executable.
   *
   * @throws ErrnoException EBADF if it does not belong to this exec, or the exec has ended
   */
  OpenFileDescription require(Executable executable) throws ErrnoException {
    OpenFileDescription file = open.get(executable);
    if (file == null) {
      throw new ErrnoException(
          Errno.EBADF,
          "execve: expected a file of this exec, found " + executable.getClass().getName());
    }
    return file;
  }

  @Override
  public void close() {
    open.values().forEach(ExecutableFiles::close);
    open.clear();
  }
}
