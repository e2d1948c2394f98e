package dev.nommu.kernel;

import dev.nommu.kernel.device.Probing;
import dev.nommu.kernel.mm.MappingCheck;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.pages.OwnedPages;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.task.TaskTable;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.SuperBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Recounts what the kernel accounts for. */
final class SelfCheck {
  private final TaskTable tasks;
  private final Subsystems kernel;
  private final Probing probing;
  private final List<String> wrong = new ArrayList<>();

  SelfCheck(TaskTable tasks, Subsystems kernel, Probing probing) {
    this.tasks = tasks;
    this.kernel = kernel;
    this.probing = probing;
  }

  List<String> run() {
    wrong.addAll(kernel.allocator().check());
    wrong.addAll(MappingCheck.run(tasks.addressSpaces()));
    checkPages();
    checkOwners();
    checkFutexes();
    checkOpenFiles();
    return List.copyOf(wrong);
  }

  private void checkPages() {
    long mapped = tasks.regions().stream().mapToLong(Region::allocatedPages).sum();
    if (mapped != kernel.pages().pages()) {
      wrong.add(
          "MmapCopy: %d pages counted, %d in regions".formatted(kernel.pages().pages(), mapped));
    }
    long inFiles = kernel.fileSystems().superBlocks().stream().mapToLong(SuperBlock::pages).sum();
    long sum = kernel.allocator().freePages() + mapped + inFiles + probing.pages();
    if (sum != kernel.allocator().totalPages()) {
      wrong.add(
          "pages: %d free + %d mapped + %d in file systems + %d in drivers, expected %d"
              .formatted(
                  kernel.allocator().freePages(),
                  mapped,
                  inFiles,
                  probing.pages(),
                  kernel.allocator().totalPages()));
    }
  }

  /** An unmounted file system and a failed driver own no pages. */
  private void checkOwners() {
    Set<OwnedPages> known = Collections.newSetFromMap(new IdentityHashMap<>());
    kernel.fileSystems().superBlocks().forEach(mounted -> known.addAll(mounted.sources()));
    known.addAll(probing.sources());
    for (OwnedPages owner : kernel.parts().owners().all()) {
      if (!known.contains(owner)) {
        wrong.add(
            "pages: %s has %d, and is neither mounted nor a driver"
                .formatted(owner.owner(), owner.pages()));
      }
    }
  }

  /** A file is open for a descriptor, a mapping or a segment of shared memory. */
  private void checkOpenFiles() {
    Set<OpenFileDescription> used = tasks.openFiles();
    used.addAll(kernel.sharedMemory().files());
    kernel.fileSystems().superBlocks().forEach(each -> checkOpenFiles(each, used));
  }

  private void checkOpenFiles(SuperBlock superBlock, Set<OpenFileDescription> used) {
    long here =
        used.stream().filter(file -> file.vfsPath().mount().superBlock() == superBlock).count();
    if (here != superBlock.openFiles()) {
      wrong.add(
          "files of %s on %s: %d are open, %d of them in a process"
              .formatted(superBlock.type(), superBlock.device(), superBlock.openFiles(), here));
    }
  }

  /** A task that has ended, or was woken, has left its queue. */
  private void checkFutexes() {
    int waiting = tasks.tasks().stream().mapToInt(task -> task.waitsFor().size()).sum();
    int queued = kernel.futexes().waiters();
    if (queued > waiting) {
      wrong.add("futexes: %d are queued, %d wait".formatted(queued, waiting));
    }
  }
}
