package dev.nommu.scenario;

import static dev.nommu.scenario.Answer.returned;
import static dev.nommu.scenario.Parameter.either;
import static dev.nommu.scenario.Parameter.text;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The calls that stand for small programs: the text of a file, a kernel parameter, a count. */
final class TextAnswers {
  static final List<Call> CALLS =
      List.of(
          new Call(
              "cat",
              "Shows the lines of a file.",
              Signature.of(text("path")),
              (caller, of) -> lines(caller.task(), of.path(0), "")),
          new Call(
              "grep",
              "Shows the lines of a file that start with a prefix.",
              Signature.of(text("path"), text("prefix")),
              (caller, of) -> lines(caller.task(), of.path(0), of.path(1))),
          new Call(
              "sysctl",
              "Shows or sets a kernel parameter.",
              Signature.of(text("name"), either("value").optional()),
              (caller, of) -> sysctl(caller.task(), of)),
          new Call(
              "mmapcopy",
              "Counts the pages by which MmapCopy of /proc/meminfo has grown since the start.",
              Signature.of(),
              (caller, of) -> new Answer.Pages(caller.machine().mappedCopyGrowth())));

  private TextAnswers() {}

  private static Answer lines(Task task, String path, String prefix) throws ErrnoException {
    List<String> lines =
        contents(task, path).lines().filter(line -> line.startsWith(prefix)).toList();
    return new Answer.Lines(path, lines);
  }

  private static String contents(Task task, String path) throws ErrnoException {
    int fd = task.open(path, OpenFlags.O_RDONLY);
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      MemorySegment into = MemorySegment.ofArray(buffer);
      for (long count = task.read(fd, into); count > 0; count = task.read(fd, into)) {
        bytes.write(buffer, 0, (int) count);
        Answer.shown(bytes.size());
      }
      return bytes.toString(StandardCharsets.UTF_8);
    } finally {
      task.close(fd);
    }
  }

  private static Answer sysctl(Task task, Arguments of) throws ErrnoException {
    String path = "/proc/sys/" + of.path(0).replace('.', '/');
    if (of.size() == 1) {
      return new Answer.Data(contents(task, path).strip().getBytes(StandardCharsets.UTF_8));
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
    return returned(0);
  }
}
