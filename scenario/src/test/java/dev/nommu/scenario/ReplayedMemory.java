package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Memory for recorded mappings. Its addresses descend and freed memory is reused as soon as
 * possible, so that neither the order nor the names of addresses can be right by accident.
 */
final class ReplayedMemory {
  private static final long PAGE = 4096;
  private static final Map<String, AddressRange> WINDOWS =
      Map.of(
          "flash", new AddressRange(0x20000000L, 0x4000000),
          "mtdram", new AddressRange(0x87400000L, 0x200000),
          "phram", new AddressRange(0x87600000L, 0x100000),
          "fb", new AddressRange(0x87800000L, 0x40000));

  private final Map<String, Long> bases = new HashMap<>();
  private final List<AddressRange> free = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final List<Vma> vmas = new ArrayList<>();
  private long bottom = 0x87000000L;

  /** Memory with its place in a file; empty for copies and anonymous memory. */
  record Region(AddressRange range, Optional<KernelPort.FilePlace> file) {
    boolean contains(AddressRange other) {
      return range.contains(other.start(), other.length());
    }
  }

  record Vma(String process, AddressRange range) {}

  static AddressRange pages(long start, long length) {
    return new AddressRange(start, Math.ceilDiv(length, PAGE) * PAGE);
  }

  List<AddressRange> regions() {
    return regions.stream().map(Region::range).toList();
  }

  List<AddressRange> regionsAt(long address) {
    return regions().stream().filter(region -> region.contains(address, 1)).toList();
  }

  Optional<KernelPort.Window> windowAt(long address) {
    return WINDOWS.entrySet().stream()
        .filter(window -> window.getValue().contains(address, 1))
        .map(window -> new KernelPort.Window(window.getKey(), window.getValue().start()))
        .findFirst();
  }

  Optional<KernelPort.FilePlace> fileAt(long address) {
    return regions.stream()
        .filter(region -> region.range.contains(address, 1))
        .flatMap(region -> region.file.map(file -> moved(file, address, region)).stream())
        .findFirst();
  }

  private static KernelPort.FilePlace moved(
      KernelPort.FilePlace file, long address, Region region) {
    return new KernelPort.FilePlace(file.file(), file.offset() + address - region.range.start());
  }

  /** Returns the address that a recorded label stands for, which must have been mapped before. */
  long address(String label) {
    String[] parts = label.split("(?=[-+]0x)", 2);
    long base = Optional.ofNullable(WINDOWS.get(parts[0])).map(AddressRange::start).orElse(-1L);
    long offset = parts.length == 1 ? 0 : Long.decode(parts[1]);
    return (base == -1 ? bases.get(parts[0]) : base) + offset;
  }

  /** Maps memory at the address of the label, or anywhere if the label is a new name. */
  long map(String process, String label, long length, Optional<KernelPort.FilePlace> file) {
    String name = label.replaceFirst("[-+]0x.*", "");
    if (!WINDOWS.containsKey(name)) {
      bases.computeIfAbsent(name, _ -> allocate(pages(0, length).length()));
    }
    AddressRange range = pages(address(label), length);
    if (regions.stream().noneMatch(region -> region.contains(range))) {
      regions.add(new Region(range, file));
    }
    vmas.add(new Vma(process, range));
    return range.start();
  }

  private long allocate(long length) {
    for (int i = free.size() - 1; i >= 0; i--) {
      AddressRange range = free.get(i);
      if (range.length() >= length) {
        free.remove(i);
        keepFree(range.start() + length, range.end());
        return range.start();
      }
    }
    bottom -= length;
    return bottom;
  }

  private void keepFree(long start, long end) {
    if (start < end) {
      free.add(new AddressRange(start, end - start));
    }
  }

  void unmap(String process, AddressRange range) {
    Vma vma =
        vmas.stream()
            .filter(v -> v.process.equals(process))
            .filter(v -> v.range.contains(range.start(), range.length()))
            .findFirst()
            .orElseThrow();
    remove(vma);
    keepMapped(vma, vma.range.start(), range.start());
    keepMapped(vma, range.end(), vma.range.end());
    sweep();
  }

  private void keepMapped(Vma vma, long start, long end) {
    if (start < end) {
      AddressRange part = new AddressRange(start, end - start);
      regions.add(new Region(part, Optional.empty()));
      vmas.add(new Vma(vma.process, part));
    }
  }

  void resize(String process, long address, long length) {
    Vma vma = find(process, address);
    vmas.remove(vma);
    vmas.add(new Vma(process, pages(address, length)));
  }

  void detach(String process, long address) {
    remove(find(process, address));
    sweep();
  }

  void exit(String process) {
    vmas.removeIf(vma -> vma.process.equals(process));
    sweep();
  }

  private Vma find(String process, long address) {
    return vmas.stream()
        .filter(vma -> vma.process.equals(process) && vma.range.start() == address)
        .findFirst()
        .orElseThrow();
  }

  private void remove(Vma vma) {
    vmas.remove(vma);
  }

  /** Frees the regions in which no process has a mapping; memory of files does not move. */
  private void sweep() {
    for (Region region : List.copyOf(regions)) {
      if (vmas.stream().noneMatch(vma -> region.contains(vma.range))) {
        regions.remove(region);
        if (region.file.isEmpty() && windowAt(region.range.start()).isEmpty()) {
          release(region.range);
        }
      }
    }
  }

  private void release(AddressRange range) {
    long at = range.start();
    List<AddressRange> kept =
        regions.stream()
            .map(Region::range)
            .filter(range::overlaps)
            .sorted((left, right) -> Long.compare(left.start(), right.start()))
            .toList();
    for (AddressRange still : kept) {
      keepFree(at, still.start());
      at = still.end();
    }
    keepFree(at, range.end());
  }
}
