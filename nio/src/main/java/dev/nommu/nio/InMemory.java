package dev.nommu.nio;

import dev.nommu.api.Page;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import java.util.function.Supplier;

/**
 * How a file system in memory is to be: {@code NommuFileSystem.inMemory(InMemory.OF_64_MIB)}.
 *
 * @param size bytes of RAM, a multiple of 4096, at least 1 MiB: what all files have together
 * @param largestBlock bytes, 4096 times a power of two, up to 4 GiB: the most that lies in one
 *     piece and can be mapped READ_WRITE at once
 * @param clock makes the clock that times of files are from
 */
public record InMemory(long size, long largestBlock, Supplier<MachineClock> clock) {
  private static final long LEAST = 1L << 20;
  private static final long RAM_START = 0x8000_0000L;
  private static final int HIGHEST_ORDER = 20;

  /** 64 MiB, the largest block 4 MiB, by the host's clock. */
  public static final InMemory OF_64_MIB = new InMemory(64L << 20, 4L << 20, RealClock::new);

  /** Checks the numbers. */
  public InMemory {
    if (size < LEAST || !Page.isAligned(size)) {
      throw new IllegalArgumentException(
          "size %d: expected a multiple of 4096 of 1 MiB or more".formatted(size));
    }
    boolean block = Long.bitCount(largestBlock) == 1 && largestBlock >= Page.SIZE;
    if (!block || largestBlock > Page.SIZE << HIGHEST_ORDER) {
      throw new IllegalArgumentException(
          "largest block %d: expected 4096 times a power of two, up to 4 GiB"
              .formatted(largestBlock));
    }
  }

  /** Returns the same with another size. */
  public InMemory withSize(long bytes) {
    return new InMemory(bytes, largestBlock, clock);
  }

  /** Returns the same with another largest block. */
  public InMemory withLargestBlock(long bytes) {
    return new InMemory(size, bytes, clock);
  }

  /** Returns the same with clocks of another kind. */
  public InMemory withClock(Supplier<MachineClock> other) {
    return new InMemory(size, largestBlock, other);
  }

  /** Returns a machine that has nothing but RAM. */
  Machine boot() {
    String source =
        """
        /dts-v1/;
        / {
          #address-cells = <2>; #size-cells = <2>;
          memory@80000000 {
            device_type = "memory";
            reg = <0x0 0x%x 0x%x 0x%x>;
          };
        };
        """
            .formatted(RAM_START, size >>> Integer.SIZE, size & 0xffff_ffffL);
    try {
      int order = Long.numberOfTrailingZeros(largestBlock) - Page.SHIFT;
      return Kernel.standard()
          .withClock(clock)
          .withLargestBlock(order)
          .boot(Board.parse("memory", source));
    } catch (BoardException refused) {
      throw new IllegalStateException(
          "a file system in memory of %d bytes: %s".formatted(size, refused.getMessage()), refused);
    }
  }
}
