package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import dev.nommu.api.Page;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.memory.Bank;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mmap.Mapping;
import dev.nommu.kernel.mmap.RegionKind;
import dev.nommu.kernel.sanitizer.Finding.Kind;
import dev.nommu.kernel.sanitizer.Finding.Trace;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Watches one machine. Thread-safe. */
final class MachineWatch implements Sanitizer {
  private final Stacks stacks;
  private final Consumer<Finding> findings;
  private final MappingBook mappings = new MappingBook();
  private final PageBook pages = new PageBook();
  private final AccessWatch accesses;
  private final History<Close> closes = new History<>();
  private final Map<Loan, Trace> loans = Collections.synchronizedMap(new IdentityHashMap<>());

  /** Pointed ranges that existing mappings hold. */
  private final Map<PointedRange, Mapping> pins =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private record Close(int pid, int descriptor, Trace trace) {
    boolean isOf(Actor process, int other) {
      return pid == process.pid() && descriptor == other;
    }
  }

  /**
   * Begins to watch a machine.
   *
   * @param findings receives the findings
   */
  MachineWatch(Ram ram, Stacks stacks, Consumer<Finding> findings) {
    this.stacks = stacks;
    this.findings = findings;
    Grounds grounds = new Grounds(ram, mappings, pages);
    this.accesses = new AccessWatch(stacks, mappings, grounds, findings);
  }

  @Override
  public void loaded(Actor by, long address, long bytes) {
    accesses.loaded(by, address, bytes);
  }

  @Override
  public void stored(Actor by, long address, long bytes) {
    accesses.stored(by, address, bytes);
  }

  @Override
  public void answered(Actor by, Bank bank, long address, MemorySegment answer) {
    accesses.answered(by, bank, address, answer);
  }

  @Override
  public void taken(Actor by, Bank bank, long address, MemorySegment value) {
    accesses.taken(by, bank, address, value);
  }

  @Override
  public void mapped(Actor by, Mapping mapping, Sharing asked) {
    mappings.mapped(mapping, new MappingBook.Made(asked, stacks.of("mapped", by)));
  }

  @Override
  public void divided(Mapping lower, Mapping upper) {
    mappings.divided(lower, upper);
  }

  @Override
  public void unmapped(Actor by, Mapping mapping) {
    unmapped(by, mapping.start(), mapping.end());
    mappings.gone(mapping);
  }

  @Override
  public void unmapped(Actor by, long start, long end) {
    AddressRange part = new AddressRange(start, end - start);
    mappings.unmapped(by.memoryMap(), part, stacks.of("unmapped", by));
  }

  @Override
  public void truncated(Mapping mapping, AddressRange gone) {
    mappings.truncated(mapping, new MappingBook.Cut(gone, stacks.now("truncated")));
  }

  @Override
  public void pinned(Mapping mapping, PointedRange range) {
    pins.put(range, mapping);
    range.onClose(() -> unpinned(range));
  }

  @Override
  public void unpinning(PointedRange range) {
    pins.remove(range);
  }

  /** The kernel's own releases are removed before this: only those of plugins remain. */
  private void unpinned(PointedRange range) {
    Mapping mapping = pins.remove(range);
    if (mapping != null) {
      findings.accept(
          new Finding(
              Kind.PIN_IMBALANCE,
              "what is pointed at 0x%x was given back; the mapping still shows it"
                  .formatted(range.address()),
              Optional.of(mapping.range()),
              mapping.toString(),
              stacks.of("given back", "its plugin"),
              mappings.madeBy(mapping).trace()));
    }
  }

  @Override
  public void closed(Actor by, int descriptor) {
    closes.add(new Close(by.pid(), descriptor, stacks.of("closed", by)));
  }

  @Override
  public void closeRefused(Actor by, int descriptor) {
    closes
        .last(close -> close.isOf(by, descriptor))
        .ifPresent(first ->
            findings.accept(
                new Finding(
                    Kind.DOUBLE_CLOSE,
                    "descriptor %d of %s".formatted(descriptor, Stacks.name(by)),
                    Optional.empty(),
                    "",
                    stacks.of("closed again", by),
                    first.trace())));
  }

  @Override
  public void allocated(String plugin, long address, long count) {
    pages.allocated(range(address, count), stacks.ofPlugin("allocated", plugin));
  }

  @Override
  public void freed(String plugin, long address, long count) {
    AddressRange range = range(address, count);
    Trace act = stacks.ofPlugin("given back", plugin);
    pages.freed(plugin, range, act);
    mappings.showing(range).stream()
        .filter(mapping -> mapping.region().kind() == RegionKind.STORE)
        .forEach(mapping -> findings.accept(freedUnder(mapping, range, act)));
  }

  private Finding freedUnder(Mapping mapping, AddressRange range, Trace act) {
    return new Finding(
        Kind.FREED_UNDER_MAPPING,
        "%s at 0x%x".formatted(count(range.length() >>> Page.SHIFT), range.start()),
        Optional.of(range),
        mapping.toString(),
        act,
        mappings.madeBy(mapping).trace());
  }

  @Override
  public void freeRefused(String plugin, long address, long count) {
    if (count < 1) {
      return;
    }
    AddressRange range = range(address, count);
    pages
        .freedBy(plugin, range)
        .ifPresent(first ->
            findings.accept(
                new Finding(
                    Kind.DOUBLE_CLOSE,
                    "%s at 0x%x".formatted(count(count), address),
                    Optional.of(range),
                    "",
                    stacks.ofPlugin("given back again", plugin),
                    first)));
  }

  @Override
  public void left(String plugin, long address, long count) {
    AddressRange range = range(address, count);
    Trace act = stacks.ofPlugin("closed", plugin);
    findings.accept(
        new Finding(
            Kind.LEAK_AT_EXIT,
            "%s at 0x%x are left".formatted(count(count), address),
            Optional.of(range),
            "",
            act,
            pages.allocatedAt(address).orElse(act)));
    pages.forget(range);
  }

  @Override
  public void lent(Loan loan) {
    loans.put(loan, stacks.of("taken", loan.holder()));
  }

  @Override
  public void returned(Loan loan) {
    loans.remove(loan);
  }

  @Override
  public void left(Loan loan) {
    Trace taken = loans.remove(loan);
    if (taken != null) {
      findings.accept(
          new Finding(
              Kind.LEAK_AT_EXIT,
              loan.what() + " is left",
              Optional.empty(),
              "",
              stacks.of("ended", loan.holder()),
              taken));
    }
  }

  private static String count(long pages) {
    return pages == 1 ? "1 page" : pages + " pages";
  }

  private static AddressRange range(long address, long count) {
    return new AddressRange(address, count << Page.SHIFT);
  }
}
