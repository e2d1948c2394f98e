package dev.nommu.kernel.mm;

import dev.nommu.api.DeviceNumber;
import java.util.Locale;
import java.util.Optional;

/** The lines of /proc/maps and /proc/PID/maps on a 64-bit machine (rule PROC-03). */
final class MapsLine {
  /** The column in which paths begin: 25 + 6 times the size of a pointer. */
  private static final int PATH_COLUMN = 73;

  private MapsLine() {}

  static String of(Region region) {
    return line(
        region.start(),
        region.end(),
        region.flags(),
        region.offset(),
        region.file(),
        region.file().map(FileHandle::path));
  }

  static String of(Vma vma) {
    return of(vma, vma.file().map(FileHandle::path));
  }

  /** Returns the line of a mapping that may be the stack of its process (rule PROC-07). */
  static String of(Vma vma, ProcessImage executed) {
    long stack = executed.image().stackPointer();
    boolean holdsStack = vma.start() <= stack && stack <= vma.end();
    return vma.file().isEmpty() && holdsStack ? of(vma, Optional.of("[stack]")) : of(vma);
  }

  private static String of(Vma vma, Optional<String> name) {
    return line(vma.start(), vma.end(), vma.flags(), vma.offset(), vma.file(), name);
  }

  private static String line(
      long start,
      long end,
      VmFlags flags,
      long offset,
      Optional<FileHandle> file,
      Optional<String> name) {
    String head =
        String.format(
            Locale.ROOT,
            "%08x-%08x %s %08x %s %d ",
            start,
            end,
            flags,
            offset,
            file.map(FileHandle::device).orElse(DeviceNumber.NONE).toHex(),
            file.map(FileHandle::inodeNumber).orElse(0L));
    return name.map(text -> padded(head) + text).orElse(head);
  }

  private static String padded(String head) {
    return head + " ".repeat(Math.max(1, PATH_COLUMN - head.length()));
  }
}
