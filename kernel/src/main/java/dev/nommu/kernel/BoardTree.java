package dev.nommu.kernel;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the tree a machine begins with: its directories and what the board mounts. */
final class BoardTree {
  private static final int DIRECTORY_PERMISSIONS = 0755;

  private final Board board;
  private final Map<String, FileSystemType.Source> sources;
  private final DeviceRegistry devices;
  private final Missing missing;

  /**
   * Creates the tree of a board, of which nothing is there yet.
   *
   * @param sources what file systems are mounted from, by the names of their types
   * @param missing what a mount may fail for
   */
  BoardTree(
      Board board,
      DeviceRegistry devices,
      Map<String, FileSystemType.Source> sources,
      Missing missing) {
    this.board = board;
    this.sources = sources;
    this.devices = devices;
    this.missing = missing;
  }

  /**
   * Makes it, by the calls of the first process, and opens the console as its first three files.
   *
   * @throws BoardException if something the board mounts cannot be mounted
   */
  void make(Task init) throws BoardException, ErrnoException {
    populate(init.tree());
    openConsole(init);
    for (MountEntry entry : board.simulation().mounts()) {
      mount(init.tree(), entry);
    }
  }

  private static void populate(TreeCalls tree) throws ErrnoException {
    for (String directory : List.of("/dev", "/proc", "/sys", "/mnt", "/tmp")) {
      tree.mkdir(directory, DIRECTORY_PERMISSIONS);
    }
    tree.mount("devtmpfs", "/dev", "devtmpfs", 0, "");
    tree.mount("proc", "/proc", "proc", 0, "");
    tree.mount("sysfs", "/sys", "sysfs", 0, "");
  }

  private static void openConsole(Task init) throws ErrnoException {
    int console = init.open("/dev/console", OpenFlags.O_RDWR);
    init.dup(console);
    init.dup(console);
  }

  private void mount(TreeCalls tree, MountEntry entry) throws BoardException {
    try {
      makeDirectories(tree, entry.target());
      List<String> options = new ArrayList<>(Arrays.asList(entry.options().split(",")));
      Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
      for (MountFlag flag : MountFlag.values()) {
        if (options.remove(flag.option())) {
          flags.add(flag);
        }
      }
      options.removeAll(List.of("rw", "defaults"));
      tree.mount(entry.source(), entry.target(), entry.type(), flags, String.join(",", options));
    } catch (ErrnoException failure) {
      throw new BoardException(
          "%s: mount of %s on %s: %s%s"
              .formatted(
                  board.name(),
                  entry.source(),
                  entry.target(),
                  failure.describe(),
                  whatMayBeMissing(entry)),
          failure);
    }
  }

  /** What lies on no store does not fail because a device is missing. */
  private String whatMayBeMissing(MountEntry entry) {
    return switch (sources.get(entry.type())) {
      case NODEV -> "";
      case STORE -> stores(entry) + missing.asDetails();
      case null -> missing.asDetails();
    };
  }

  /** Returns what could be mounted in the place of a source that is not there. */
  private String stores(MountEntry entry) {
    List<String> there = new ArrayList<>(devices.storeNames());
    for (DeviceRegistry.Device device : devices.devices()) {
      if (device.kind() == DeviceFile.Kind.BLOCK) {
        there.add("/dev/" + device.name());
      }
    }
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
