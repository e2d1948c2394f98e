package dev.nommu.tck.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nommu.api.Directory;
import dev.nommu.api.DirectoryEntry;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.FileSystem;
import dev.nommu.api.MountRequest;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import dev.nommu.tck.Trial;
import dev.nommu.tck.Verdict;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mounted file system of the type under test. To be used by one thread.
 *
 * @param trial the machine
 * @param entry its mount point and source
 */
record Mounted(Trial trial, MountEntry entry) {
  /** A directory that tests create and remove; its name is reserved for them. */
  static final String FOLDER = ".nommu-contract";

  static final int MOST_BYTES = 1 << 16;

  /** The maximum number of names, and of directories, that are examined. */
  private static final int MOST_NAMES = 200;

  private static final int MOST_DIRECTORIES = 20;

  /** Examines a listed name. */
  interface Visitor {
    /** Returns HELD to continue. */
    Verdict visit(String path, DirectoryEntry listed) throws ErrnoException;
  }

  Task task() {
    return trial.task();
  }

  TreeCalls tree() {
    return task().tree();
  }

  /** Returns the path of a name in its root. */
  String path(String name) {
    return entry.target() + "/" + name;
  }

  /** Returns the path of a name in the directory of a test. */
  String made(String name) {
    return path(FOLDER) + "/" + name;
  }

  boolean isWritable() {
    return trial.machine().mounts().stream()
        .filter(mount -> mount.path().equals(entry.target()))
        .noneMatch(mount -> mount.has(MountFlag.READ_ONLY));
  }

  /** Returns whether it lies in a directory of the host, which other programs use too. */
  boolean isOnTheHost() {
    return trial.machine().board().simulation().hostDirectories().containsKey(entry.source());
  }

  /** Returns the plugin's own object; empty for a direct plugin. */
  Optional<FileSystem> plugins() {
    return trial.recorder().calls("mount").reversed().stream()
        .filter(call ->
            call.asked().arguments().getFirst() instanceof MountRequest request
                && request.source().equals(entry.source()))
        .map(call -> call.answer())
        .filter(FileSystem.class::isInstance)
        .map(FileSystem.class::cast)
        .findFirst();
  }

  /** Returns the plugin's own objects of directories, the root first. */
  List<Directory> directories(FileSystem plugins) throws ErrnoException {
    List<Directory> found = new ArrayList<>(List.of(plugins.root()));
    for (int at = 0; at < found.size() && found.size() < MOST_DIRECTORIES; at++) {
      for (DirectoryEntry each : found.get(at).entries()) {
        if (each.kind() == FileKind.DIRECTORY
            && found.get(at).lookup(each.name()).orElse(null) instanceof Directory inner) {
          found.add(inner);
        }
      }
    }
    return found;
  }

  /** Returns the same file system at another mount point. */
  Mounted at(String target) {
    return new Mounted(
        trial, new MountEntry(entry.source(), target, entry.type(), entry.options()));
  }

  /** Creates the directory of a test, with files. */
  void furnish(int files) throws ErrnoException {
    if (tree().list(entry.target()).stream().anyMatch(each -> each.name().equals(FOLDER))) {
      remove(path(FOLDER));
    }
    tree().mkdir(path(FOLDER), 0755);
    for (int file = 0; file < files; file++) {
      write(made("file-%02d".formatted(file)), "%d files".formatted(files).getBytes(UTF_8));
    }
  }

  /** Removes remains of an earlier test, if the file system is persistent. */
  private void remove(String directory) throws ErrnoException {
    for (DirectoryEntry each : tree().list(directory)) {
      String path = directory + "/" + each.name();
      if (each.kind() == FileKind.DIRECTORY) {
        remove(path);
      } else {
        tree().unlink(path);
      }
    }
    tree().rmdir(directory);
  }

  /** Creates a directory that is not empty, if possible. */
  void furnishIfWritable() throws ErrnoException {
    if (isWritable()) {
      try {
        furnish(3);
        write(made("empty"), new byte[0]);
        tree().mkdir(made("folder"), 0755);
        tree().symlink("file-00", made("link"));
      } catch (ErrnoException failure) {
        if (failure.errno() != Errno.EPERM && failure.errno() != Errno.EOPNOTSUPP) {
          throw failure;
        }
      }
    }
  }

  /**
   * Returns the path of a file with some pages: a new one if possible, otherwise an existing one,
   * if any. Other files of the mount are not changed.
   */
  Optional<String> someFile() throws ErrnoException {
    furnishIfWritable();
    List<String> files = new ArrayList<>();
    search((path, listed) -> {
      if (listed.kind() == FileKind.REGULAR) {
        files.add(path);
      }
      return Verdict.HELD;
    });
    String own = made("file-00");
    if (isWritable() && files.contains(own)) {
      write(own, new byte[2 * (int) Page.SIZE]);
      return Optional.of(own);
    }
    for (String file : files) {
      if (tree().stat(file).attributes().size() > 0) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Examines all listed names, until the first error. */
  Verdict search(Visitor visitor) throws ErrnoException {
    Deque<String> directories = new ArrayDeque<>(List.of(entry.target()));
    int seen = 0;
    while (!directories.isEmpty() && seen < MOST_NAMES) {
      String directory = directories.remove();
      for (DirectoryEntry listed : tree().list(directory)) {
        String path = directory + "/" + listed.name();
        Verdict verdict = visitor.visit(path, listed);
        if (!verdict.equals(Verdict.HELD)) {
          return verdict;
        }
        seen++;
        if (listed.kind() == FileKind.DIRECTORY) {
          directories.add(path);
        }
      }
    }
    return Verdict.HELD;
  }

  /** Writes a file, creating it if needed. */
  void write(String path, byte[] content) throws ErrnoException {
    int file = task().open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
    try {
      writeAll(file, content, 0);
    } finally {
      task().close(file);
    }
  }

  void writeAll(int file, byte[] content, long position) throws ErrnoException {
    MemorySegment from = MemorySegment.ofArray(content);
    for (long done = 0; done < content.length; ) {
      done += task().pwrite(file, from.asSlice(done), position + done);
    }
  }

  /** Returns the first bytes of a file, as many as are available without waiting. */
  byte[] read(String path) throws ErrnoException {
    int file = task().open(path, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK);
    try {
      return readAll(file);
    } finally {
      task().close(file);
    }
  }

  byte[] readAll(int file) throws ErrnoException {
    byte[] bytes = new byte[MOST_BYTES];
    MemorySegment into = MemorySegment.ofArray(bytes);
    int done = 0;
    while (done < bytes.length) {
      long count = readOrNothing(file, into.asSlice(done), done);
      if (count == 0) {
        break;
      }
      done += (int) count;
    }
    return Arrays.copyOf(bytes, done);
  }

  private long readOrNothing(int file, MemorySegment into, long position) throws ErrnoException {
    try {
      return task().pread(file, into, position);
    } catch (ErrnoException failure) {
      if (failure.errno() == Errno.EAGAIN) {
        return 0;
      }
      throw failure;
    }
  }

  void umount() throws ErrnoException {
    tree().umount(entry.target());
  }

  /** Mounts it as the board does. */
  void mount() throws ErrnoException {
    mount(entry.target(), Set.of(), entry.options());
  }

  /** Mounts it elsewhere, or with other flags and options. */
  void mount(String target, Set<MountFlag> more, String options) throws ErrnoException {
    Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
    flags.addAll(more);
    tree().mount(entry.source(), target, entry.type(), flags, options);
  }

  /** Returns the first line of the log that reports an error of the plugin. */
  Optional<String> fault() {
    return trial.machine().log().lines().stream()
        .filter(line -> line.contains("PLUGIN-01"))
        .findFirst();
  }
}
