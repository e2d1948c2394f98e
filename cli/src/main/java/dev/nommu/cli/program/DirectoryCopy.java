package dev.nommu.cli.program;

import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.lang.foreign.MemorySegment;

/**
 * A copy of a directory on a machine: its files, its links and its directories.
 *
 * @param task makes the calls
 * @param from calls that begin at the directory
 * @param to the path of the copy
 */
record DirectoryCopy(Task task, TreeCalls from, String to) {
  private static final int BLOCK = 1 << 16;
  private static final int PERMISSIONS = 07777;

  /** Copies everything but what has a name. */
  void allBut(String name) throws ErrnoException {
    for (DirectoryEntry entry : from.withEmptyPath().list("")) {
      if (!entry.name().equals(name)) {
        copy(entry);
      }
    }
  }

  private void copy(DirectoryEntry entry) throws ErrnoException {
    String path = to + "/" + entry.name();
    int permissions = from.lstat(entry.name()).mode() & PERMISSIONS;
    switch (entry.kind()) {
      case REGULAR -> copyFile(entry.name(), path, permissions);
      case SYMBOLIC_LINK -> task.tree().symlink(from.readlink(entry.name()), path);
      case DIRECTORY -> copyDirectory(entry.name(), path, permissions);
      default -> {}
    }
  }

  private void copyFile(String name, String path, int permissions) throws ErrnoException {
    int source = from.open(name, OpenFlags.O_RDONLY, 0);
    int target = create(path);
    MemorySegment block = MemorySegment.ofArray(new byte[BLOCK]);
    for (long count = task.read(source, block); count > 0; count = task.read(source, block)) {
      write(target, block.asSlice(0, count));
    }
    finish(target, permissions);
    task.close(source);
  }

  private void copyDirectory(String name, String path, int permissions) throws ErrnoException {
    task.tree().mkdir(path, permissions);
    int directory = from.open(name, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
    new DirectoryCopy(task, task.tree().at(directory), path).allBut("");
    task.close(directory);
  }

  /** Makes a file. */
  void write(String path, MemorySegment contents, int permissions) throws ErrnoException {
    int file = create(path);
    write(file, contents);
    finish(file, permissions);
  }

  private int create(String path) throws ErrnoException {
    return task.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL, 0700);
  }

  private void write(int file, MemorySegment contents) throws ErrnoException {
    for (long done = 0; done < contents.byteSize(); ) {
      done += task.write(file, contents.asSlice(done));
    }
  }

  private void finish(int file, int permissions) throws ErrnoException {
    task.descriptors().fchmod(file, permissions);
    task.close(file);
  }
}
