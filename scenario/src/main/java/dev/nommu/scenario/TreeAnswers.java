package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.done;
import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.either;
import static dev.nommu.scenario.Parameter.number;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.NewInode;
import dev.nommu.kernel.fs.NewTime;
import java.time.Instant;
import java.util.List;

/** The calls that change the file at a path. */
final class TreeAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
                  "truncate",
                  "Sets the size of a file.",
                  Signature.of(text("path"), number("length")),
                  (caller, of) ->
                      done(() -> caller.task().tree().truncate(of.path(0), of.number(1))))
              .unmapping(),
          new Call(
              "mkdir",
              "Creates a directory.",
              Signature.of(text("path"), number("mode").optional()),
              (caller, of) ->
                  done(() -> caller.task().tree().mkdir(of.path(0), of.integer(1, 0777)))),
          new Call(
              "unlink",
              "Removes a name of a file.",
              Signature.of(text("path")),
              (caller, of) -> done(() -> caller.task().tree().unlink(of.path(0)))),
          new Call(
              "rmdir",
              "Removes an empty directory.",
              Signature.of(text("path")),
              (caller, of) -> done(() -> caller.task().tree().rmdir(of.path(0)))),
          new Call(
              "rename",
              "Renames a file.",
              Signature.of(text("path"), text("new path")),
              (caller, of) -> done(() -> caller.task().tree().rename(of.path(0), of.path(1)))),
          new Call(
              "link",
              "Creates a hard link to a file.",
              Signature.of(text("path"), text("new path")),
              (caller, of) -> done(() -> caller.task().tree().link(of.path(0), of.path(1)))),
          new Call(
              "symlink",
              "Creates a symbolic link.",
              Signature.of(text("target"), text("path")),
              (caller, of) -> done(() -> caller.task().tree().symlink(of.path(0), of.path(1)))),
          new Call(
              "chdir",
              "Changes the working directory.",
              Signature.of(text("path")),
              (caller, of) -> done(() -> caller.task().tree().chdir(of.path(0)))),
          new Call(
              "utimensat",
              "Sets the access and modification times of a file, in seconds, UTIME_NOW or"
                  + " UTIME_OMIT; without times, to now.",
              Signature.of(
                  text("path"), number("accessed").optional(), number("modified").optional()),
              (caller, of) ->
                  done(() -> caller.task().tree().utimensat(of.path(0), time(of, 1), time(of, 2)))),
          new Call(
              "mknod",
              "Creates a device node, a FIFO or a file.",
              Signature.of(text("path"), number("mode"), number("device").optional()),
              (caller, of) -> done(() -> caller.task().tree().create(of.path(0), node(of)))),
          new Call(
              "umask",
              "Sets the permissions withheld from new files; the result is the previous mask.",
              Signature.of(number("mask")),
              (caller, of) -> returned(caller.task().tree().umask(of.integer(0)))),
          new Call(
              "chmod",
              "Changes the permissions of a file.",
              Signature.of(text("path"), number("mode")),
              (caller, of) -> done(() -> caller.task().tree().chmod(of.path(0), of.integer(1)))),
          new Call(
              "mount",
              "Mounts a file system.",
              Signature.of(
                  either("source"),
                  text("target"),
                  either("type"),
                  number("flags").optional(),
                  either("options").optional()),
              (caller, of) -> done(() -> mount(caller, of))),
          new Call(
              "umount",
              "Unmounts a file system.",
              Signature.of(text("target"), number("flags").optional()),
              (caller, of) ->
                  done(() -> caller.task().tree().umount(of.path(0), of.integer(1, 0)))),
          new Call(
              "sync", "Flushes all file systems.", Signature.of(), (caller, of) -> done(() -> {})));

  private static final int PERMISSIONS = 07777;
  private static final int KIND = 0170000;
  private static final long UTIME_NOW = 0x3fffffff;
  private static final long UTIME_OMIT = 0x3ffffffe;

  private TreeAnswers() {}

  private static NewTime time(Arguments of, int index) {
    long seconds = of.number(index, UTIME_NOW);
    if (seconds == UTIME_NOW) {
      return NewTime.NOW;
    }
    return seconds == UTIME_OMIT ? NewTime.OMIT : NewTime.at(Instant.ofEpochSecond(seconds));
  }

  private static NewInode node(Arguments of) throws ErrnoException {
    int mode = of.integer(1);
    int permissions = mode & PERMISSIONS;
    DeviceNumber device = deviceNumber(of.number(2, 0));
    int kind = mode & KIND;
    if (kind == 0 || kind == FileKind.REGULAR.modeBits()) {
      return NewInode.regularFile(permissions);
    }
    if (kind == FileKind.FIFO.modeBits()) {
      return NewInode.fifo(permissions);
    }
    if (kind == FileKind.CHARACTER_DEVICE.modeBits()) {
      return NewInode.deviceFile(permissions, DeviceFile.Kind.CHARACTER, device);
    }
    if (kind == FileKind.BLOCK_DEVICE.modeBits()) {
      return NewInode.deviceFile(permissions, DeviceFile.Kind.BLOCK, device);
    }
    if (kind == FileKind.SOCKET.modeBits()) {
      return NewInode.socket(permissions);
    }
    throw new ErrnoException(
        kind == FileKind.DIRECTORY.modeBits() ? Errno.EPERM : Errno.EINVAL,
        "mknod: expected a regular file, device, FIFO or socket, found mode 0%o".formatted(mode));
  }

  /** The layout of {@code makedev}: minor 0-7, major 8-19, minor 20-31. */
  private static DeviceNumber deviceNumber(long device) {
    int major = (int) ((device >>> 8) & 0xfff);
    int minor = (int) ((device & 0xff) | ((device >>> 12) & 0xfff00));
    return new DeviceNumber(major, minor);
  }

  private static void mount(Caller caller, Arguments of) throws ErrnoException {
    caller
        .task()
        .tree()
        .mount(
            textOrEmpty(of, 0),
            of.path(1),
            textOrEmpty(of, 2),
            of.number(3, 0),
            textOrEmpty(of, 4));
  }

  /** Returns a text argument; a null pointer stands for an empty text. */
  private static String textOrEmpty(Arguments of, int index) {
    boolean given = index < of.size() && of.values().get(index) instanceof Value.Text;
    return given ? of.path(index) : "";
  }
}
