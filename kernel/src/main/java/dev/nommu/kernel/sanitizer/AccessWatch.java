package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import dev.nommu.api.DeviceWindow;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.MemoryMap;
import dev.nommu.kernel.sanitizer.Finding.Kind;
import dev.nommu.kernel.sanitizer.Finding.Trace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks the loads and stores of one machine. Thread-safe. */
final class AccessWatch {
  private static final int MOST_BYTES = 16;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Stacks stacks;
  private final MappingBook mappings;
  private final Grounds grounds;
  private final Consumer<Finding> findings;

  AccessWatch(Stacks stacks, MappingBook mappings, Grounds grounds, Consumer<Finding> findings) {
    this.stacks = stacks;
    this.mappings = mappings;
    this.grounds = grounds;
    this.findings = findings;
  }

  /** The adjacent mappings that a range lies in, and the end of the last one. */
  private record Cover(List<Mapping> by, long end) {
    static Cover of(AddressRange range, MemoryMap map) {
      List<Mapping> by = new ArrayList<>();
      long end = range.start();
      long before;
      do {
        before = end;
        for (Mapping mapping : map.mappingsAt(before)) {
          by.add(mapping);
          end = Math.max(end, mapping.end());
        }
      } while (before < end && end < range.end());
      return new Cover(by, end);
    }
  }

  void loaded(Actor by, long address, long bytes) {
    look(by, address, bytes, "loaded");
  }

  void stored(Actor by, long address, long bytes) {
    Optional<AddressRange> unmapped = look(by, address, bytes, "stored");
    unmapped.ifPresent(range ->
        grounds
            .of(range.start(), by.memoryMap())
            .ifPresent(ground ->
                report(Kind.STRAY_STORE, by, "stored", range, ground.where(), ground.trace())));
  }

  /** Returns the part of a range that the process has not mapped, and never had. */
  private Optional<AddressRange> look(Actor by, long address, long bytes, String done) {
    if (bytes == 0) {
      return Optional.empty();
    }
    AddressRange range = new AddressRange(address, bytes);
    Cover cover = Cover.of(range, by.memoryMap());
    if (cover.end() >= range.end()) {
      cover.by().forEach(mapping -> lookForCut(by, mapping, range, done));
      return Optional.empty();
    }
    AddressRange rest = new AddressRange(cover.end(), range.end() - cover.end());
    Optional<Trace> unmapping = mappings.unmappedAt(by.memoryMap(), rest.start());
    unmapping.ifPresent(trace -> report(Kind.USE_AFTER_MUNMAP, by, done, rest, "", trace));
    return unmapping.isPresent() ? Optional.empty() : Optional.of(rest);
  }

  private void lookForCut(Actor by, Mapping mapping, AddressRange range, String done) {
    mappings
        .cutAt(mapping, range)
        .ifPresent(cut ->
            report(Kind.STALE_AFTER_TRUNCATE, by, done, range, mapping.toString(), cut.trace()));
  }

  private void report(
      Kind kind, Actor by, String done, AddressRange range, String where, Trace other) {
    findings.accept(
        new Finding(
            kind,
            "%d bytes at 0x%x were %s".formatted(range.length(), range.start(), done),
            Optional.of(range),
            where,
            stacks.of(done, by),
            other));
  }

  void answered(Actor by, Bank bank, long address, MemorySegment answer) {
    lookAtDevice(Kind.STATUS_LOADED, "returned", by, bank, address, answer);
  }

  void taken(Actor by, Bank bank, long address, MemorySegment value) {
    lookAtDevice(Kind.COMMAND_STORED, "was given", by, bank, address, value);
  }

  private void lookAtDevice(
      Kind kind, String verb, Actor by, Bank bank, long address, MemorySegment bytes) {
    if (bank.kind() == DeviceWindow.Kind.REGISTERS) {
      return;
    }
    AddressRange range = new AddressRange(address, bytes.byteSize());
    Optional<? extends Mapping> mapping = by.memoryMap().find(range);
    mapping.ifPresent(shown ->
        findings.accept(
            new Finding(
                kind,
                "%d bytes at 0x%x: %s %s %s"
                    .formatted(range.length(), address, bank.name(), verb, hex(bytes)),
                Optional.of(range),
                shown.toString(),
                stacks.of("accessed", by),
                mappings.madeBy(shown).trace())));
  }

  private static String hex(MemorySegment bytes) {
    long shown = Math.min(bytes.byteSize(), MOST_BYTES);
    String hex = HEX.formatHex(bytes.asSlice(0, shown).toArray(ValueLayout.JAVA_BYTE));
    return shown < bytes.byteSize() ? hex + " ..." : hex;
  }
}
