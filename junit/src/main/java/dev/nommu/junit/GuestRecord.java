package dev.nommu.junit;

import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.signal.WaitStatus;
import dev.nommu.kernel.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records the output and the mappings of a program. Thread-safe. */
final class GuestRecord {
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /** The current, incomplete line of output. */
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private final Map<String, List<String>> byLine = new LinkedHashMap<>();
  private List<String> mappings = List.of();
  private int pid;

  /** Returns the standard output of the program that a task is about to execute. */
  synchronized OutputStream output(Task task) {
    pid = task.pid();
    return new OutputStream() {
      @Override
      public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        written(bytes, from, length, task.memoryMap());
      }
    };
  }

  OutputStream errors() {
    return errors;
  }

  private synchronized void written(byte[] bytes, int from, int length, MemoryMap map) {
    output.write(bytes, from, length);
    int begun = from;
    for (int at = from; at < from + length; at++) {
      if (bytes[at] == '\n') {
        line.write(bytes, begun, at - begun);
        endLine(map);
        begun = at + 1;
      }
    }
    line.write(bytes, begun, from + length - begun);
  }

  private void endLine(MemoryMap map) {
    maps(map);
    byLine.putIfAbsent(text(line), mappings);
    line.reset();
  }

  private static String text(ByteArrayOutputStream written) {
    return written.toString(StandardCharsets.UTF_8);
  }

  /** A thread of a process is about to exit. */
  synchronized void exits(Task task) {
    if (task.pid() == pid) {
      maps(task.memoryMap());
    }
  }

  private void maps(MemoryMap map) {
    mappings = map.mappings().stream().map(Object::toString).toList();
  }

  /** Returns the run of a program that has ended. */
  synchronized GuestRun ended(WaitStatus status) {
    return new GuestRun(status, text(output), text(errors), mappings, byLine);
  }
}
