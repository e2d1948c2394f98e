package dev.nommu.mtd;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The erasure that the chips of a bus are busy with. A read of another block does not wait for its
 * end but suspends it (rule FLASH-09). May be called concurrently: a read has the bus for itself
 * from the suspension until the chips go on.
 */
final class EraseOperation {
  private static final long LATENCY_NANOS = 100_000;
  private static final long STEP_NANOS = 1_000;

  private final CfiBus bus;
  private final Chips chips;
  private final Delay delay;
  private Optional<EraseRegion> block = Optional.empty();

  /** Prepares for erasures of chips that know these commands. */
  EraseOperation(CfiBus bus, Chips chips, Delay delay) {
    this.bus = bus;
    this.chips = chips;
    this.delay = delay;
  }

  /** The commands about an erasure that is under way. */
  interface Chips {
    /** Returns whether the chips can suspend an erasure. */
    boolean canSuspend();

    /** Tells the chips to suspend the erasure of the block at an offset. */
    void suspend(long block);

    /** Returns whether the chips have suspended it and show the array at another offset. */
    boolean showsArray(long block, long offset);

    /** Tells the chips to go on. */
    void resume(long block);
  }

  /** Gives the commands that start the erasure of a block. */
  synchronized void begin(EraseRegion erased, Runnable commands) {
    commands.run();
    block = Optional.of(erased);
  }

  /** Looks at the chips while no read is in between, and returns what was seen. */
  synchronized <T> T look(Supplier<T> cycles) {
    return cycles.get();
  }

  /** Notes that nobody waits for the erasure any more. */
  synchronized void end() {
    block = Optional.empty();
  }

  /**
   * Reads bytes while a block is being erased.
   *
   * @return whether they were read; if not, nothing is being erased or the end has to be awaited
   */
  synchronized boolean read(MemorySegment into, long offset) {
    if (block.isEmpty() || block.get().touches(offset, into.byteSize()) || !chips.canSuspend()) {
      return false;
    }
    long erased = block.get().offset();
    chips.suspend(erased);
    boolean shown = awaitArray(erased, offset);
    if (shown) {
      bus.copy(offset, into);
    }
    chips.resume(erased);
    return shown;
  }

  private boolean awaitArray(long erased, long offset) {
    for (long waited = 0; waited < LATENCY_NANOS; waited += STEP_NANOS) {
      if (chips.showsArray(erased, offset)) {
        return true;
      }
      delay.nanos(STEP_NANOS);
    }
    return false;
  }
}
