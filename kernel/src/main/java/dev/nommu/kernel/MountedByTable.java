package dev.nommu.kernel;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.board.Simulation.MountEntry;
import dev.nommu.kernel.fs.MountPoint;
import dev.nommu.kernel.log.KernelLog;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Mounts what {@code /etc/fstab} of the root says, as {@code mount -a}: what cannot be mounted is
 * told, and the rest is mounted all the same (rule BOARD-10).
 *
 * @param init the first process
 * @param mounts returns what is mounted
 * @param log is told
 */
record MountedByTable(Task init, Supplier<List<MountPoint>> mounts, KernelLog log) {
  private static final String TABLE = "/etc/fstab";
  private static final int CHUNK = 4096;

  void run() throws ErrnoException {
    Optional<String> text = text();
    int number = 0;
    for (String line : text.orElse("").split("\n")) {
      number++;
      String place = TABLE + ":" + number;
      try {
        MountEntry.ofLine(line).ifPresent(entry -> mount(place, entry));
      } catch (IllegalArgumentException malformed) {
        log.print("%s: %s".formatted(place, malformed.getMessage()));
      }
    }
  }

  private Optional<String> text() throws ErrnoException {
    int file;
    try {
      file = init.open(TABLE, OpenFlags.O_RDONLY);
    } catch (ErrnoException absent) {
      return Optional.empty();
    }
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      MemorySegment chunk = MemorySegment.ofArray(new byte[CHUNK]);
      for (long read = init.read(file, chunk); read > 0; read = init.read(file, chunk)) {
        text.writeBytes(chunk.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE));
      }
      return Optional.of(text.toString(StandardCharsets.UTF_8));
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
