package dev.nommu.kernel;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.FileKind;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.task.Task;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * Mounts the entries of the root's {@code /etc/fstab}, as {@code mount -a}: reports those that
 * cannot be mounted, and continues with the rest (rule BOARD-10).
 *
 * @param init the first process
 * @param mounts returns what is mounted
 * @param log receives a line for each mount that fails
 */
record MountedByTable(Task init, Supplier<List<MountPoint>> mounts, KernelLog log) {
  private static final String TABLE = "/etc/fstab";
  private static final int LONGEST = 1 << 16;

  void run() {
    int number = 0;
    for (String line : text().split("\n")) {
      number++;
      String place = TABLE + ":" + number;
      try {
        MountEntry.ofLine(line).ifPresent(entry -> mount(place, entry));
      } catch (IllegalArgumentException malformed) {
        log.print("%s: %s".formatted(place, malformed.getMessage()));
      }
    }
  }

  /** Returns the table, or empty if it does not exist or cannot be read, which is logged. */
  private String text() {
    try {
      return init.tree().stat(TABLE).kind() == FileKind.REGULAR ? read() : "";
    } catch (ErrnoException failure) {
      if (failure.errno() != Errno.ENOENT && failure.errno() != Errno.ENOTDIR) {
        log.print("%s: %s".formatted(TABLE, failure.describe()));
      }
      return "";
    }
  }

  /** The most that is read, whatever length the file system reports. */
  private String read() throws ErrnoException {
    int file = init.open(TABLE, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK);
    try {
      byte[] bytes = new byte[LONGEST];
      MemorySegment left = MemorySegment.ofArray(bytes);
      for (long read = init.read(file, left); read > 0; read = init.read(file, left)) {
        left = left.asSlice(read);
      }
      int length = LONGEST - (int) left.byteSize();
      return new String(bytes, 0, length, StandardCharsets.UTF_8);
    } finally {
      init.close(file);
    }
  }

  private void mount(String place, MountEntry entry) {
    FstabOptions options = FstabOptions.parse(entry.options());
    if (!options.isAuto() || isThere(entry)) {
      return;
    }
    try {
      init.tree()
          .mount(entry.source(), entry.target(), entry.type(), options.flags(), options.ofType());
    } catch (ErrnoException failure) {
      log.print(
          "%s: mount of %s on %s: %s"
              .formatted(place, entry.source(), entry.target(), failure.describe()));
    }
  }

  private boolean isThere(MountEntry entry) {
    return entry.target().equals("/")
        || mounts.get().stream()
            .anyMatch(
                mount -> mount.path().equals(entry.target()) && mount.type().equals(entry.type()));
  }
}
