package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Simulation.NamedWindow;
import dev.nommu.kernel.mmap.MappedFile;
import dev.nommu.kernel.mmap.MappedRegion;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.task.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A machine that scenarios run on. The caller closes it at the end. */
public final class MachinePort implements KernelPort {
  private final Machine machine;
  private final Explainer explainer;
  private final Vocabulary vocabulary;
  private final long mappedCopyPagesAtStart;
  private final ProcessPort main;

  /** Runs scenarios on a machine that has just booted. */
  public MachinePort(Machine machine) {
    this(machine, Explainer.NONE, Vocabulary.onPath());
  }

  /**
   * Runs scenarios and explains each failed call and each mapping.
   *
   * @param explainer receives the explanations
   */
  public MachinePort(Machine machine, Explainer explainer) {
    this(machine, explainer, Vocabulary.onPath());
  }

  /**
   * Runs scenarios with the plugins of a layer.
   *
   * @param vocabulary contains the names of their ioctls
   */
  public MachinePort(Machine machine, Explainer explainer, Vocabulary vocabulary) {
    this.machine = machine;
    this.explainer = explainer;
    this.vocabulary = vocabulary;
    this.mappedCopyPagesAtStart = machine.mappedCopyPages();
    this.main = new TaskPort(this, machine.init());
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  Machine machine() {
    return machine;
  }

  Explainer explainer() {
    return explainer;
  }

  /** Returns the growth of MmapCopy since the start, in pages. */
  long mappedCopyGrowth() {
    return machine.mappedCopyPages() - mappedCopyPagesAtStart;
  }

  @Override
  public ProcessPort main() {
    return main;
  }

  @Override
  public ProcessPort spawn() {
    Task init = machine.init();
    return new TaskPort(this, init.spawn(init.name()));
  }

  @Override
  public List<AddressRange> regions() {
    return machine.regions().stream().map(MachinePort::range).toList();
  }

  @Override
  public List<AddressRange> regionsAt(long address) {
    return mappedAt(address).map(MachinePort::range).toList();
  }

  private static AddressRange range(MappedRegion region) {
    return new AddressRange(region.start(), region.end() - region.start());
  }

  private Stream<MappedRegion> mappedAt(long address) {
    return machine.tasks().stream()
        .flatMap(task -> task.memoryMap().mappingsAt(address).stream())
        .<MappedRegion>map(Mapping::region)
        .distinct()
        .filter(region -> address >= region.start() && address < region.end())
        .sorted(Comparator.comparingLong(MappedRegion::start).thenComparingLong(MappedRegion::end));
  }

  @Override
  public Optional<Window> windowAt(long address) {
    return machine.board().simulation().windows().stream()
        .filter(window -> window.range().contains(address, 1))
        .findFirst()
        .map(MachinePort::window);
  }

  private static Window window(NamedWindow window) {
    return new Window(window.name(), window.range().start());
  }

  @Override
  public Optional<FilePlace> fileAt(long address) {
    return mappedAt(address)
        .filter(region -> region.kind() == RegionKind.STORE)
        .findFirst()
        .flatMap(region -> filePlace(region, address));
  }

  private static Optional<FilePlace> filePlace(MappedRegion region, long address) {
    return region
        .file()
        .filter(MappedFile::isInMemory)
        .map(file -> new FilePlace(file.fileKey(), region.offset() + address - region.start()));
  }
}
