package dev.nommu.kernel.liar;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_SHARED;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.testing.TaskCalls.PAGE;

import dev.nommu.api.ErrnoException;
import dev.nommu.api.OpenFlags;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.task.Task;
import dev.nommu.kernel.testing.TaskCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Two programs that work on a machine all the time, each in a file system of its own. */
final class Load {
  private final Machine machine;
  private final List<Task> programs = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  /** Lets them begin. */
  Load(Machine machine) {
    this.machine = machine;
    begin("/load", "ramfs");
    begin("/load2", "tmpfs");
  }

  private void begin(String directory, String type) {
    try {
      machine.init().tree().mkdir(directory, 0755);
      machine.init().tree().mount("none", directory, type, 0, "");
      programs.add(machine.init().spawn("load", task -> work(task, directory + "/file")));
    } catch (ErrnoException spoilt) {
      failures.add(spoilt.describe());
    }
  }

  private int work(Task task, String path) throws ErrnoException {
    while (!over) {
      try {
        use(new TaskCalls(task), path);
      } catch (ErrnoException spoilt) {
        failures.add(spoilt.describe());
        return 1;
      }
      task.processes().schedYield();
    }
    return 0;
  }

  private static void use(TaskCalls p, String path) throws ErrnoException {
    int file = p.task().open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    p.task().ftruncate(file, PAGE);
    p.task().munmap(p.map(file, PAGE, PROT_READ, MAP_SHARED), PAGE);
    p.task().close(file);
    p.task().tree().unlink(path);
  }

  /** Waits until they have ended and takes their file systems away; what escaped is returned. */
  List<Throwable> end() throws ErrnoException, InterruptedException {
    over = true;
    for (Task program : programs) {
      program.join();
    }
    for (String directory : List.of("/load", "/load2")) {
      if (LiarSession.isMounted(machine, directory)) {
        machine.init().tree().umount(directory);
      }
    }
    return programs.stream().flatMap(program -> program.failure().stream()).toList();
  }

  /** Returns what their calls failed with. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
