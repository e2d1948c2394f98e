package dev.nommu.cli.matrix;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.api.Page;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.fs.DeviceNode;
import dev.nommu.kernel.fs.MountFlag;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mappable files of a machine: a regular file of each mount, and every device. On an empty
 * writable file system a file is created as in the document, by open and truncate, and removed on
 * closing.
 */
final class Specimens implements AutoCloseable {
  private static final String NAME_OF_MADE = "nommu-matrix";
  private static final int PERMISSIONS = 0644;
  private static final int MAKE = OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL;

  private final Machine machine;
  private final Task task;
  private final TreeCalls tree;
  private final Prober prober;
  private final Map<String, MountPoint> mounts = new LinkedHashMap<>();
  private final List<String> made = new ArrayList<>();

  /** Prepares to inspect a machine. */
  Specimens(Machine machine, Prober prober) {
    this.machine = machine;
    this.task = machine.init();
    this.tree = task.tree();
    this.prober = prober;
    for (MountPoint mount : machine.mounts()) {
      mounts.put(mount.path(), mount);
    }
  }

  /** Returns everything to try, anonymous memory first. */
  List<Subject> all() throws ErrnoException {
    List<Subject> all = new ArrayList<>(List.of(Subject.ANONYMOUS));
    for (Map.Entry<String, MountPoint> mount : mounts.entrySet()) {
      file(mount.getKey(), mount.getValue()).ifPresent(all::add);
    }
    machine.devices().stream().map(Specimens::device).forEach(all::add);
    return all;
  }

  private static Subject device(DeviceNode device) {
    Subject.Kind kind =
        device.kind() == DeviceFile.Kind.BLOCK
            ? Subject.Kind.BLOCK_DEVICE
            : Subject.Kind.CHARACTER_DEVICE;
    return new Subject(kind, "/dev/" + device.name(), device.driver());
  }

  /**
   * Returns the most interesting file of a mount: preferably one that can be mapped in place, and
   * one of a page or more.
   */
  private Optional<Subject> file(String point, MountPoint mount) throws ErrnoException {
    FileWalk.Found found = FileWalk.at(point, mounts.keySet(), tree);
    boolean empty = found.files().isEmpty() && found.others() == 0;
    if (empty && !mount.has(MountFlag.READ_ONLY)) {
      return make(point).map(path -> regular(path, mount));
    }
    List<Subject> files = found.files().stream().map(path -> regular(path, mount)).toList();
    List<Subject> pages = files.stream().filter(this::hasPage).toList();
    return pages.stream()
        .filter(prober::mapsInPlace)
        .findFirst()
        .or(() -> pages.stream().findFirst())
        .or(() -> files.stream().findFirst());
  }

  private static Subject regular(String path, MountPoint mount) {
    return new Subject(Subject.Kind.REGULAR_FILE, path, mount.type());
  }

  private boolean hasPage(Subject file) {
    try {
      return tree.stat(file.path()).attributes().size() >= Page.SIZE;
    } catch (ErrnoException gone) {
      return false;
    }
  }

  private Optional<String> make(String directory) {
    String path = (directory.equals("/") ? "/" : directory + "/") + NAME_OF_MADE;
    try {
      int file = task.open(path, MAKE, PERMISSIONS);
      made.add(path);
      task.ftruncate(file, Page.SIZE);
      task.close(file);
      return Optional.of(path);
    } catch (ErrnoException cannotBeWritten) {
      return Optional.empty();
    }
  }

  /** Removes the files created. */
  @Override
  public void close() throws ErrnoException {
    for (String path : made) {
      tree.unlink(path);
    }
  }
}
