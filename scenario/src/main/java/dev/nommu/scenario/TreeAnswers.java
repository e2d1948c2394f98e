package dev.nommu.scenario;

import static dev.nommu.scenario.FileAnswers.done;

import dev.nommu.api.DeviceFile;
import dev.nommu.api.DeviceNumber;
import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.NewInode;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.task.TreeCalls;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The calls that name a path. */
final class TreeAnswers {
  private static final int PERMISSIONS = 07777;
  private static final int KIND = 0170000;

  private final Task task;
  private final TreeCalls tree;

  TreeAnswers(Task task) {
    this.task = task;
    this.tree = task.tree();
  }

  Answer answer(Call call, Arguments of) throws ErrnoException {
    return switch (call) {
      case TRUNCATE -> done(() -> tree.truncate(of.path(0), of.number(1)));
      case MKDIR -> done(() -> tree.mkdir(of.path(0), (int) of.number(1, 0777)));
      case UNLINK -> done(() -> tree.unlink(of.path(0)));
      case RMDIR -> done(() -> tree.rmdir(of.path(0)));
      case MKNOD -> done(() -> tree.create(of.path(0), node(of)));
      case CHMOD -> done(() -> tree.chmod(of.path(0), (int) of.number(1)));
      case MOUNT -> done(() -> mount(of));
      case UMOUNT -> done(() -> tree.umount(of.path(0)));
      case SYNC -> done(() -> {});
      case EXECVE -> done(() -> execute(of));
      case CAT -> lines(of.path(0), "");
      case GREP -> lines(of.path(0), of.path(1));
      case SYSCTL -> sysctl(of);
      default -> throw new IllegalArgumentException("not a call of paths: " + call);
    };
  }

  private void execute(Arguments of) throws ErrnoException {
    List<String> arguments = IntStream.range(1, of.size()).mapToObj(of::path).toList();
    task.processes().execve(of.path(0), arguments, List.of());
  }

  private static NewInode node(Arguments of) throws ErrnoException {
    int mode = (int) of.number(1);
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
        "mknod: expected a regular file, device, fifo or socket, found mode 0%o".formatted(mode));
  }

  /** The layout of {@code makedev}: minor 0-7, major 8-19, minor 20-31. */
  private static DeviceNumber deviceNumber(long device) {
    int major = (int) ((device >>> 8) & 0xfff);
    int minor = (int) ((device & 0xff) | ((device >>> 12) & 0xfff00));
    return new DeviceNumber(major, minor);
  }

  private void mount(Arguments of) throws ErrnoException {
    tree.mount(text(of, 0), of.path(1), text(of, 2), of.number(3), text(of, 4));
  }

  /** A null pointer stands for an empty text. */
  private static String text(Arguments of, int index) {
    boolean given = index < of.size() && of.values().get(index) instanceof Value.Text;
    return given ? of.path(index) : "";
  }

  private Answer lines(String path, String prefix) throws ErrnoException {
    List<String> lines = contents(path).lines().filter(line -> line.startsWith(prefix)).toList();
    return new Answer.Lines(lines);
  }

  private String contents(String path) throws ErrnoException {
    int fd = task.open(path, OpenFlags.O_RDONLY);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      MemorySegment into = MemorySegment.ofArray(buffer);
      for (long count = task.read(fd, into); count > 0; count = task.read(fd, into)) {
        bytes.write(buffer, 0, (int) count);
        FileAnswers.shown(bytes.size());
      }
      return bytes.toString(StandardCharsets.UTF_8);
    } finally {
      task.close(fd);
    }
  }

  private Answer sysctl(Arguments of) throws ErrnoException {
    String path = "/proc/sys/" + of.path(0).replace('.', '/');
    if (of.size() == 1) {
      return new Answer.Data(contents(path).strip().getBytes(StandardCharsets.UTF_8));
    }
    byte[] value =
        switch (of.values().get(1)) {
          case Value.Text text -> text.bytes();
          case Value.Numeric number ->
              Long.toString(number.value()).getBytes(StandardCharsets.UTF_8);
        };
    int fd = task.open(path, OpenFlags.O_WRONLY);
    try {
      task.write(fd, MemorySegment.ofArray(value));
    } finally {
      task.close(fd);
    }
    return new Answer.Returned(0);
  }
}
