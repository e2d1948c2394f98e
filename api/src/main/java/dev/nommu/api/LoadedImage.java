package dev.nommu.api;

import java.util.List;
import java.util.Optional;

/**
 * Where the parts of a loaded image are. Immutable; equal if all of it is.
 *
 * <p>Made by a {@link Builder}: what it is not told has a default, so that it may grow without a
 * change to those who load one.
 *
 * @since 0.1.0
 */
public sealed interface LoadedImage {
  /**
   * Begins an image. Without more it has no heap and no load maps.
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

  /** Returns the highest value of the break; that of {@link #startBrk} for a heap of no size. */
  long endBrk();

  /** Returns what PTRACE_GETFDPIC finds as the load map of the executable. */
  Optional<LoadMap> loadMap();

  /** Returns the same of its interpreter. */
  Optional<LoadMap> interpreterLoadMap();

  /**
   * Returns which processor the machine code is for, or empty for an image that does not say, such
   * as a flat one.
   */
  Optional<ElfTarget> target();

  /**
   * Returns the names of its code, by ascending address; none if the format knows none, or was not
   * asked for them.
   */
  List<Symbol> symbols();

  /** Makes an image. Not thread-safe. */
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

    /** Sets the names of its code, in any order: see {@link ProcessMemory#wantsSymbols}. */
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
