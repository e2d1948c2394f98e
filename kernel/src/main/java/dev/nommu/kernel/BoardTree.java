package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Creates a machine's initial tree: its directories and the board's mounts. */
final class BoardTree {
  private static final String HOSTFS = "hostfs";
  private static final int DIRECTORY_PERMISSIONS = 0755;
  private static final List<PseudoMount> PSEUDO =
      List.of(
          new PseudoMount("devtmpfs", "/dev"),
          new PseudoMount("proc", "/proc"),
          new PseudoMount("sysfs", "/sys"));

  private record PseudoMount(String type, String target) {}

  private final Board board;
  private final Map<String, FileSystemType.Source> sources;
  private final DeviceRegistry devices;
  private final Missing missing;
  private final RootFileSystem root;
  private final Supplier<List<MountPoint>> mounts;
  private final KernelLog log;

  /**
   * Creates the tree of a board, with no files yet.
   *
   * @param root the root file system of the command line
   * @param sources the sources that file systems are mounted from, by type name
   * @param missing what the board lacks, the likely reason that a mount fails
   * @param mounts returns what is mounted
   */
  BoardTree(
      Board board,
      RootFileSystem root,
      DeviceRegistry devices,
      Map<String, FileSystemType.Source> sources,
      Missing missing,
      Supplier<List<MountPoint>> mounts,
      KernelLog log) {
    this.board = board;
    this.root = root;
    this.mounts = mounts;
    this.log = log;
    this.sources = sources;
    this.devices = devices;
    this.missing = missing;
  }

  /**
   * Builds the tree through system calls of the first process, and opens the console as its first
   * three files.
   *
   * @throws BoardException if a mount of the board fails
   */
  void make(Task init) throws BoardException, ErrnoException {
    root.mount(init.tree());
    if (root.isMounted()) {
      mountPseudoFileSystems(init.tree());
    } else {
      populate(init.tree());
    }
    openConsole(init);
    for (MountEntry entry : board.simulation().mounts()) {
      mount(init.tree(), entry);
    }
    new MountedByTable(init, mounts, log).run();
  }

  /** Skips and reports a mount whose directory the root lacks, as {@code devtmpfs_mount} does. */
  private void mountPseudoFileSystems(TreeCalls tree) {
    for (PseudoMount each : PSEUDO) {
      try {
        tree.mount(each.type, each.target, each.type, 0, "");
      } catch (ErrnoException failure) {
        log.print(
            "%s: error mounting on %s: %s".formatted(each.type, each.target, failure.describe()));
      }
    }
  }

  private static void populate(TreeCalls tree) throws ErrnoException {
    for (String directory : List.of("/dev", "/proc", "/sys", "/mnt", "/tmp")) {
      makeDirectory(tree, directory);
    }
    for (PseudoMount each : PSEUDO) {
      tree.mount(each.type, each.target, each.type, 0, "");
    }
  }

  private void openConsole(Task init) throws ErrnoException {
    int console;
    try {
      console = init.open("/dev/console", OpenFlags.O_RDWR);
    } catch (ErrnoException failure) {
      log.print("unable to open an initial console: " + failure.describe());
      return;
    }
    init.dup(console);
    init.dup(console);
  }

  private void mount(TreeCalls tree, MountEntry entry) throws BoardException {
    try {
      makeDirectories(tree, entry.target());
      FstabOptions options = FstabOptions.parse(entry.options());
      tree.mount(entry.source(), entry.target(), entry.type(), options.flags(), options.ofType());
    } catch (ErrnoException failure) {
      throw new BoardException(
          "%s: mount of %s on %s: %s%s"
              .formatted(
                  entry.origin().map(Object::toString).orElse(board.name()),
                  entry.source(),
                  entry.target(),
                  failure.describe(),
                  whatMayBeMissing(entry)),
          failure);
    }
  }

  /** A file system without a store needs no device. */
  private String whatMayBeMissing(MountEntry entry) {
    return switch (sources.get(entry.type())) {
      case NODEV -> entry.type().equals(HOSTFS) ? hostDirectories(entry) : "";
      case STORE -> stores(entry) + missing.asDetails();
      case null -> missing.asDetails();
    };
  }

  /** Returns what could be mounted instead of a source that does not exist. */
  private String stores(MountEntry entry) {
    List<String> there = devices.mountable();
    return there.contains(entry.source()) ? "" : "; there are " + there;
  }

  private String hostDirectories(MountEntry entry) {
    Set<String> there = new TreeSet<>(board.simulation().hostDirectories().keySet());
    return there.contains(entry.source()) ? "" : "; there are " + there;
  }

  private static void makeDirectories(TreeCalls tree, String path) throws ErrnoException {
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      makeDirectory(tree, path.substring(0, slash));
    }
    makeDirectory(tree, path);
  }

  private static void makeDirectory(TreeCalls tree, String path) throws ErrnoException {
    try {
      tree.mkdir(path, DIRECTORY_PERMISSIONS);
    } catch (ErrnoException failure) {
      if (failure.errno() != Errno.EEXIST) {
        throw failure;
      }
    }
  }
}
