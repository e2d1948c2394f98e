package dev.nommu.kernel.mm;

import dev.nommu.api.DeviceNumber;
import java.util.Optional;

/** The lines of /proc/maps and /proc/PID/maps on a 64-bit machine (rule PROC-03). */
final class MapsLine {
  /** The column in which paths begin: 25 + 6 times the size of a pointer. */
  private static final int PATH_COLUMN = 73;

  private MapsLine() {}

  static String of(Region region) {
    return line(region.start(), region.end(), region.flags(), region.offset(), region.file());
  }

  static String of(Vma vma) {
    return line(vma.start(), vma.end(), vma.flags(), vma.offset(), vma.file());
  }

  private static String line(
      long start, long end, VmFlags flags, long offset, Optional<FileHandle> file) {
    String head =
        "%08x-%08x %s %08x %s %d "
            .formatted(
                start,
                end,
                flags,
                offset,
                file.map(FileHandle::device).orElse(DeviceNumber.NONE).toHex(),
                file.map(FileHandle::inodeNumber).orElse(0L));
    return file.map(f -> padded(head) + f.path()).orElse(head);
  }

  private static String padded(String head) {
    return head + " ".repeat(Math.max(1, PATH_COLUMN - head.length()));
  }
}
