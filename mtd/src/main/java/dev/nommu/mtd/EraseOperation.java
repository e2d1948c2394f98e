package dev.nommu.mtd;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The erasure in progress on the chips of a bus. A read of another block suspends it instead of
 * waiting for its end (rule FLASH-09). May be called concurrently: a read owns the bus from the
 * suspension until the chips resume.
 */
final class EraseOperation {
  private static final long LATENCY_NANOS = 100_000;
  private static final long STEP_NANOS = 1_000;

  private final CfiBus bus;
  private final Chips chips;
  private final Delay delay;
  private Optional<EraseRegion> block = Optional.empty();

  /** Creates the state of the erasures of chips that have these commands. */
  EraseOperation(CfiBus bus, Chips chips, Delay delay) {
    this.bus = bus;
    this.chips = chips;
    this.delay = delay;
  }

  /** The commands for an erasure in progress. */
  interface Chips {
    /** Returns whether the chips can suspend an erasure. */
    boolean canSuspend();

    /** Suspends the erasure of the block at an offset. */
    void suspend(long block);

    /** Returns whether the erasure is suspended and the chips show the array at another offset. */
    boolean showsArray(long block, long offset);

    /** Resumes the erasure. */
    void resume(long block);
  }

  /** Sends the commands that start the erasure of a block. */
  synchronized void begin(EraseRegion erased, Runnable commands) {
    commands.run();
    block = Optional.of(erased);
  }

  /** Performs bus cycles that no read interrupts, and returns their result. */
  synchronized <T> T look(Supplier<T> cycles) {
    return cycles.get();
  }

  /** Ends the operation: no thread waits for the erasure any more. */
  synchronized void end() {
    block = Optional.empty();
  }

  /**
   * Reads bytes during an erasure.
   *
   * @return whether the bytes were read; false if no block is being erased or the caller must wait
   *     for the end
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
