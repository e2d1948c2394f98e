package dev.nommu.kernel.exec;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.LoadedImage;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.TaskCalls;
import java.util.List;

/** Creates executable files, and executes them. */
final class Exec {
  private Exec() {}

  /** Creates a file that every user may execute. */
  static void install(TaskCalls p, String path, byte[] content) throws ErrnoException {
    p.task().close(p.file(path, content));
    p.task().tree().chmod(path, 0755);
  }

  /** Executes a file in a child that is driven from outside. */
  static TaskCalls child(TaskCalls p, String path, String... arguments) throws ErrnoException {
    TaskCalls child = p.other();
    run(child, path, arguments);
    return child;
  }

  /** Executes a file. */
  static LoadedImage run(TaskCalls p, String path, String... arguments) throws ErrnoException {
    return p.task().processes().execve(path, List.of(arguments), List.of());
  }

  /** Returns the addresses of the parts of the executed image. */
  static LoadedImage image(TaskCalls p) {
    return image(p.task());
  }

  static LoadedImage image(Task task) {
    return task.memoryMap().image().orElseThrow();
  }
}
