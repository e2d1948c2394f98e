package dev.nommu.api;

import java.util.List;
import java.util.Optional;

/**
 * The addresses of the parts of a loaded image. Immutable; equal if all components are.
 *
 * <p>Made by a {@link Builder}: components that are not set have defaults, so more can be added
 * without changing callers.
 *
 * @since 0.1.0
 */
public sealed interface LoadedImage {
  /**
   * Returns a builder. The default has no heap and no load maps.
   *
   * @param entry the address of the first instruction
   * @param stackPointer the address of the last word on the stack, in one of the mappings
   */
  static Builder builder(long entry, long stackPointer) {
    return new Builder(entry, stackPointer);
  }

  /** Returns the address of the first instruction. */
  long entry();

  /** Returns the address of the last word on the stack, in one of the mappings. */
  long stackPointer();

  /** Returns where the heap begins. */
  long startBrk();

  /** Returns the highest value of the break; equal to {@link #startBrk} for an empty heap. */
  long endBrk();

  /** Returns the load map of the executable, as for PTRACE_GETFDPIC. */
  Optional<LoadMap> loadMap();

  /** Returns the load map of its interpreter. */
  Optional<LoadMap> interpreterLoadMap();

  /**
   * Returns which processor the machine code is for, or empty if the image does not say, as a flat
   * one.
   */
  Optional<ElfTarget> target();

  /**
   * Returns its symbols by ascending address; empty if the format has none or they were not wanted.
   */
  List<Symbol> symbols();

  /** Builds an image. Not thread-safe. */
  final class Builder {
    private final long entry;
    private final long stackPointer;
    private long startBrk;
    private long endBrk;
    private Optional<LoadMap> loadMap = Optional.empty();
    private Optional<LoadMap> interpreterLoadMap = Optional.empty();
    private Optional<ElfTarget> target = Optional.empty();
    private List<Symbol> symbols = List.of();

    private Builder(long entry, long stackPointer) {
      this.entry = entry;
      this.stackPointer = stackPointer;
    }

    /**
     * Sets where the heap is.
     *
     * @param start where it begins
     * @param end the highest value of the break, in the same mapping
     */
    public Builder heap(long start, long end) {
      startBrk = start;
      endBrk = end;
      return this;
    }

    /** Sets the load map of the executable. */
    public Builder loadMap(LoadMap value) {
      loadMap = Optional.of(value);
      return this;
    }

    /** Sets the load map of its interpreter. */
    public Builder interpreterLoadMap(LoadMap value) {
      interpreterLoadMap = Optional.of(value);
      return this;
    }

    /** Sets which processor the machine code is for. */
    public Builder target(ElfTarget value) {
      target = Optional.of(value);
      return this;
    }

    /** Sets its symbols, in any order: see {@link ProcessMemory#wantsSymbols}. */
    public Builder symbols(List<Symbol> value) {
      symbols =
          value.stream()
              .sorted((one, other) -> Long.compareUnsigned(one.address(), other.address()))
              .toList();
      return this;
    }

    /** Returns the image. */
    public LoadedImage build() {
      return new Built(
          entry, stackPointer, startBrk, endBrk, loadMap, interpreterLoadMap, target, symbols);
    }

    private record Built(
        long entry,
        long stackPointer,
        long startBrk,
        long endBrk,
        Optional<LoadMap> loadMap,
        Optional<LoadMap> interpreterLoadMap,
        Optional<ElfTarget> target,
        List<Symbol> symbols)
        implements LoadedImage {}
  }
}
