package dev.nommu.junit;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/**
 * The contents of {@code /proc/iomem}.
 *
 * @param task the task that reads it
 */
record IoMemory(Task task) {
  private static final Pattern LINE = Pattern.compile(" *([0-9a-f]+)-[0-9a-f]+ : (.*)");
  private static final Pattern PLACE = Pattern.compile("(.+?)(?:\\+(0x[0-9a-fA-F]+|[0-9]+))?");
  private static final int PIECE = 4096;

  /**
   * Returns the address of a place.
   *
   * @param place a name, optionally with an offset
   * @throws ErrnoException if the file cannot be read
   * @throws AssertionFailedError if nothing has this name
   */
  long address(String place) throws ErrnoException {
    Matcher parts = PLACE.matcher(place);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"%s\": expected a name of /proc/iomem, and perhaps +0x1000".formatted(place));
    }
    long offset = parts.group(2) == null ? 0 : Long.decode(parts.group(2));
    return start(parts.group(1)) + offset;
  }

  private long start(String name) throws ErrnoException {
    List<Matcher> lines = text().lines().map(LINE::matcher).filter(Matcher::matches).toList();
    return lines.stream()
        .filter(line -> names(line.group(2)).contains(name))
        .mapToLong(line -> Long.parseUnsignedLong(line.group(1), 16))
        .findFirst()
        .orElseThrow(() ->
            new AssertionFailedError(
                "\"%s\": expected a name of /proc/iomem, which has %s"
                    .formatted(name, lines.stream().map(line -> line.group(2)).toList())));
  }

  /** A line names a device and its node, as {@code 20000000.flash flash@20000000}. */
  private static List<String> names(String line) {
    return List.of((line + " " + line.replace('@', ' ')).split(" "));
  }

  private String text() throws ErrnoException {
    int file = task.open("/proc/iomem", OpenFlags.O_RDONLY);
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      long count = task.read(file, MemorySegment.ofArray(piece));
      while (count > 0) {
        text.writeBytes(Arrays.copyOf(piece, (int) count));
        count = task.read(file, MemorySegment.ofArray(piece));
      }
      return text.toString(StandardCharsets.UTF_8);
    } finally {
      task.close(file);
    }
  }
}
