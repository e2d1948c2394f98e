package dev.nommu.kernel;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceFile;
import dev.nommu.api.FileSystemType;
import dev.nommu.api.Page;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.device.DeviceRegistry;
import dev.nommu.kernel.device.DeviceRegistry.Target;
import dev.nommu.kernel.mm.Region;
import dev.nommu.kernel.parts.Subsystems;
import dev.nommu.kernel.proc.CurrentProcess;
import dev.nommu.kernel.task.TaskTable;
import dev.nommu.kernel.vfs.SuperBlock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The contents of the system-wide files in /proc, in Linux's format. */
final class ProcTexts {
  /** There is no swap, and no page is ever reclaimed. */
  private static final List<String> ZERO_BEFORE_UNEVICTABLE =
      List.of(
          "SwapCached",
          "Active",
          "Inactive",
          "Active(anon)",
          "Inactive(anon)",
          "Active(file)",
          "Inactive(file)");

  /** Nothing is dirty, and without an MMU no page counts as mapped. */
  private static final List<String> ZERO_BEHIND_COPIES =
      List.of("SwapTotal", "SwapFree", "Dirty", "Writeback", "AnonPages", "Mapped", "Shmem");

  /** As {@code uname -s}. */
  static final String OS_TYPE = "Linux";

  /** The Linux version whose answers these are. */
  static final String OS_RELEASE = "6.12.0-nommu";

  /** 0 to 0. */
  private static final AddressRange NOWHERE = new AddressRange(0, 1);

  private final Board board;
  private final TaskTable tasks;
  private final Subsystems kernel;

  ProcTexts(Board board, TaskTable tasks, Subsystems kernel) {
    this.board = board;
    this.tasks = tasks;
    this.kernel = kernel;
  }

  /** Rule PROC-01. */
  String maps() {
    return tasks.regions().stream()
        .map(Region::toString)
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** Rule PROC-10. */
  String memInfo() {
    StringBuilder text = new StringBuilder();
    long free = kernel.allocator().freePages();
    memory(text, "MemTotal", kernel.allocator().totalPages());
    memory(text, "MemFree", free);
    memory(text, "MemAvailable", free);
    memory(text, "Buffers", 0);
    memory(text, "Cached", filePages());
    ZERO_BEFORE_UNEVICTABLE.forEach(none -> memory(text, none, 0));
    memory(text, "Unevictable", filePages());
    memory(text, "Mlocked", 0);
    memory(text, "MmapCopy", kernel.pages().pages());
    ZERO_BEHIND_COPIES.forEach(none -> memory(text, none, 0));
    return text.toString();
  }

  private long filePages() {
    return kernel.fileSystems().superBlocks().stream().mapToLong(SuperBlock::pages).sum();
  }

  private static void memory(StringBuilder text, String name, long pages) {
    text.append(String.format(Locale.ROOT, "%-16s%8d kB\n", name + ":", pages * Page.SIZE / 1024));
  }

  String fileSystems() {
    return kernel.fileSystems().types().stream()
        .map(type ->
            (type.source() == FileSystemType.Source.NODEV ? "nodev" : "")
                + "\t"
                + type.name()
                + "\n")
        .collect(Collectors.joining());
  }

  String devices() {
    return "Character devices:\n"
        + majors(DeviceFile.Kind.CHARACTER)
        + "\nBlock devices:\n"
        + majors(DeviceFile.Kind.BLOCK);
  }

  private String majors(DeviceFile.Kind kind) {
    return kernel.devices().regions(kind).stream()
        .map(region -> "%3d %s\n".formatted(region.first().major(), region.name()))
        .distinct()
        .collect(Collectors.joining());
  }

  /** Only the superuser sees addresses ({@code r_show} of kernel/resource.c). */
  String ioMemory() {
    boolean shown = CurrentProcess.get().filter(asker -> asker.credentials().uid() != 0).isEmpty();
    return kernel.memory().banks().stream()
        .map(bank -> line(bank.name(), shown ? bank.range() : NOWHERE))
        .collect(Collectors.joining());
  }

  private static String line(String name, AddressRange range) {
    return "%08x-%08x : %s\n".formatted(range.start(), range.end() - 1, name);
  }

  /** As {@code show_partition}: sizes in KiB; a device without a size is not listed. */
  String partitions() {
    return "major minor  #blocks  name\n\n"
        + kernel.devices().devices().stream()
            .flatMap(device -> partition(device).stream())
            .collect(Collectors.joining());
  }

  private static Optional<String> partition(DeviceRegistry.Device device) {
    return switch (device.target()) {
      case Target.BlockTarget(var block, var _) when block.size() > 0 ->
          Optional.of(
              "%4d  %7d %10d %s\n"
                  .formatted(
                      device.number().major(),
                      device.number().minor(),
                      block.size() / 1024,
                      device.name()));
      case Target.BlockTarget empty -> Optional.empty();
      case Target.CharacterTarget character -> Optional.empty();
    };
  }

  /** Without an MMU there is no swap: only the heading. */
  String swaps() {
    return "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
  }

  /** As {@code version_proc_show}. */
  String version() {
    return "%s version %s (nommu) (javac %d) #1\n"
        .formatted(OS_TYPE, OS_RELEASE, Runtime.version().feature());
  }

  String commandLine() {
    return board.commandLine() + "\n";
  }
}
