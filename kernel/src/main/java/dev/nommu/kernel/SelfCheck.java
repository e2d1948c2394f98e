package dev.nommu.kernel;

import dev.nommu.kernel.device.Probing;
import dev.nommu.kernel.mm.AddressSpace;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.mm.Vma;
import dev.nommu.kernel.vfs.OpenFileDescription;
import dev.nommu.kernel.vfs.SuperBlock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recounts what the kernel keeps accounts of. */
final class SelfCheck {
  private final Machine machine;
  private final Subsystems kernel;
  private final Probing probing;
  private final List<String> wrong = new ArrayList<>();

  SelfCheck(Machine machine, Subsystems kernel, Probing probing) {
    this.machine = machine;
    this.kernel = kernel;
    this.probing = probing;
  }

  List<String> run() {
    wrong.addAll(kernel.allocator().check());
    checkUsers();
    checkOverlap();
    checkPages();
    checkFutexes();
    checkOpenFiles();
    return List.copyOf(wrong);
  }

  private void checkUsers() {
    IdentityHashMap<Region, Integer> seen = new IdentityHashMap<>();
    for (AddressSpace space : machine.addressSpaces()) {
      for (Vma vma : space.mappings()) {
        seen.merge(vma.region(), 1, Integer::sum);
        checkWithin(vma);
      }
    }
    seen.forEach(this::checkUsers);
  }

  private void checkUsers(Region region, int mappings) {
    int users = region.users().size();
    if (users != mappings) {
      wrong.add("region %s: %d users, %d mappings".formatted(region, users, mappings));
    }
  }

  private void checkWithin(Vma vma) {
    Region region = vma.region();
    boolean truncated = region.kind() == Region.Kind.STORE;
    boolean within = vma.start() >= region.start() && vma.end() <= region.end();
    if (!within && !truncated) {
      wrong.add("mapping %s is not within %s".formatted(vma, region));
    }
  }

  private void checkOverlap() {
    List<Region> own =
        machine.regions().stream()
            .filter(region -> region.kind() != Region.Kind.STORE)
            .sorted(Comparator.comparingLong(Region::start))
            .toList();
    for (int i = 1; i < own.size(); i++) {
      if (own.get(i - 1).top() > own.get(i).start()) {
        wrong.add("regions overlap: %s and %s".formatted(own.get(i - 1), own.get(i)));
      }
    }
  }

  private void checkPages() {
    long mapped = machine.regions().stream().mapToLong(Region::allocatedPages).sum();
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

  /** A file is open for a descriptor, a mapping or a segment of shared memory. */
  private void checkOpenFiles() {
    Set<OpenFileDescription> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Task task : machine.tasks()) {
      used.addAll(task.life().belongings().files().openFiles());
      for (Vma vma : task.addressSpace().mappings()) {
        Stream.of(vma.file(), vma.region().file())
            .flatMap(Optional::stream)
            .filter(OpenFileDescription.class::isInstance)
            .forEach(file -> used.add((OpenFileDescription) file));
      }
    }
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

  /** Who ended, or was woken, has left its queue. */
  private void checkFutexes() {
    int waiting = machine.tasks().stream().mapToInt(task -> task.waitsFor().size()).sum();
    int queued = kernel.futexes().waiters();
    if (queued > waiting) {
      wrong.add("futexes: %d are queued, %d wait".formatted(queued, waiting));
    }
  }
}
