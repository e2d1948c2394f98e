package dev.nommu.kernel.stress;

import static dev.nommu.kernel.stress.Action.prompt;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.fs.NewTime;
import dev.nommu.kernel.task.TreeCalls;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What a task does with names and mounts. */
final class TreeActions {
  static final List<Action> ALL =
      Stream.of(
              prompt(4, "unlink", a -> tree(a).unlink(a.path())),
              prompt(3, "rename", a -> tree(a).rename(a.path(), a.path())),
              prompt(3, "rename a directory", a -> tree(a).rename(a.directory(), a.path())),
              prompt(3, "link", a -> tree(a).link(a.path(), a.path())),
              prompt(4, "mkdir", TreeActions::mkdir),
              prompt(2, "rmdir", a -> tree(a).rmdir(a.oneIn(2) ? a.path() : a.directory())),
              prompt(2, "symlink", a -> tree(a).symlink(a.anyPath(), a.path())),
              prompt(1, "mkfifo", a -> tree(a).create(a.path(), NewInode.fifo(0666))),
              prompt(2, "readdir", a -> tree(a).list(a.oneIn(4) ? "/proc" : a.directory())),
              prompt(2, "stat", a -> tree(a).stat(a.anyPath())),
              prompt(1, "readlink", a -> tree(a).readlink(a.path())),
              prompt(1, "statfs", a -> tree(a).statfs(a.directory())),
              prompt(1, "chmod", a -> tree(a).chmod(a.path(), a.oneOf(0777, 0600, 0444))),
              prompt(1, "chown", a -> tree(a).chown(a.path(), a.below(3), a.below(3))),
              prompt(1, "utimensat", TreeActions::touch),
              prompt(3, "truncate", a -> tree(a).truncate(a.path(), a.offset())),
              prompt(1, "chdir", a -> tree(a).chdir(a.oneIn(4) ? a.directory() : "/")),
              prompt(3, "mount", TreeActions::mount),
              prompt(2, "umount", a -> tree(a).umount(mountPoint(a))),
              prompt(1, "detach", a -> tree(a).umount(mountPoint(a), 2)))
          .flatMap(List::stream)
          .toList();

  private TreeActions() {}

  private static TreeCalls tree(Actor a) {
    return a.task().tree();
  }

  private static void mkdir(Actor a) throws ErrnoException {
    tree(a).mkdir(a.oneIn(2) ? a.path() : a.directory(), 0777);
  }

  private static void touch(Actor a) throws ErrnoException {
    NewTime time = NewTime.at(Instant.ofEpochSecond(a.below(1000)));
    tree(a).utimensat(a.path(), time, time);
  }

  private static String mountPoint(Actor a) {
    return a.oneOf("/w/m0", "/w/m1", "/w/m2", "/w/a", "/w/m1/a");
  }

  private static void mount(Actor a) throws ErrnoException {
    if (!a.crowd().hasRoomForMounts()) {
      return;
    }
    String type =
        a.oneOf("ramfs", "tmpfs", "hooked", "proc", "sysfs", "devtmpfs", "hostfs", "romfs");
    String source =
        switch (type) {
          case "hostfs" -> "files";
          case "romfs" -> "mtd:rom";
          default -> "none";
        };
    int readOnly = type.equals("romfs") || a.oneIn(8) ? 1 : 0;
    tree(a).mount(source, mountPoint(a), type, readOnly | a.someOf(2, 4, 8), "");
  }
}
