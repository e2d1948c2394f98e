package dev.nommu.tck;

import static dev.nommu.kernel.mmap.MmapArguments.MAP_ANONYMOUS;
import static dev.nommu.kernel.mmap.MmapArguments.MAP_PRIVATE;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_READ;
import static dev.nommu.kernel.mmap.MmapArguments.PROT_WRITE;

import dev.nommu.api.Errno;
import dev.nommu.api.ErrnoException;
import dev.nommu.api.Page;
import dev.nommu.kernel.task.Task;
import java.util.HashSet;
import java.util.Set;

/** Takes every n-th page of a machine, which limits the length of free runs. */
final class Fragments {
  private Fragments() {}

  static void makeIn(Trial trial) throws ErrnoException {
    int run = trial.setting().memory().longestRun();
    if (run < Integer.MAX_VALUE) {
      Task holder = trial.machine().init().spawn("fragments");
      Set<Long> pages = takeAll(holder);
      for (long page : pages) {
        if ((page >>> Page.SHIFT) % (run + 1) != 0) {
          holder.munmap(page, Page.SIZE);
        }
      }
    }
  }

  private static Set<Long> takeAll(Task holder) throws ErrnoException {
    Set<Long> pages = new HashSet<>();
    while (true) {
      try {
        pages.add(
            holder.mmap(0, Page.SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
      } catch (ErrnoException full) {
        if (full.errno() != Errno.ENOMEM) {
          throw full;
        }
        return pages;
      }
    }
  }
}
