package dev.nommu.nio;

import dev.nommu.api.FileSystemType;
import dev.nommu.api.Page;
import dev.nommu.kernel.Kernel;
import dev.nommu.kernel.Machine;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.path.FoundPlugin;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.time.MachineClock;
import dev.nommu.kernel.time.RealClock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The configuration of a file system in memory: {@code
 * NommuFileSystem.inMemory(InMemory.OF_64_MIB)}.
 *
 * @param size bytes of RAM, a multiple of 4096, at least 1 MiB, for all files together
 * @param largestBlock bytes, 4096 times a power of two, up to 4 GiB: the largest contiguous part,
 *     which can be mapped READ_WRITE at once
 * @param clock supplies the clock for file times
 * @param limits how much of the RAM files may use
 * @param fileSystem wraps the type of file system that stores the files, for example to inject
 *     faults
 */
public record InMemory(
    long size,
    long largestBlock,
    Supplier<MachineClock> clock,
    Limits limits,
    UnaryOperator<FileSystemType> fileSystem) {
  private static final long LEAST = 1L << 20;
  private static final long RAM_START = 0x8000_0000L;
  private static final int HIGHEST_ORDER = 20;
  private static final Set<String> IN_MEMORY = Set.of("ramfs", "tmpfs");
  private static final UnaryOperator<FileSystemType> AS_IT_IS = UnaryOperator.identity();

  /**
   * The limits of files; beyond them calls fail with ENOSPC.
   *
   * @param bytes the contents of all files together, in whole pages of 4096
   * @param inodes how many files, directories and the like may have names, not counting the initial
   *     directories
   */
  public record Limits(long bytes, long inodes) {
    /** No limits but the RAM. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, Quota.NO_LIMIT);

    /** Checks the numbers. */
    public Limits {
      if (bytes < 0 || inodes < 0) {
        throw new IllegalArgumentException(
            "limits of %d bytes and %d inodes: expected 0 or more".formatted(bytes, inodes));
      }
    }
  }

  /** 64 MiB, the largest block 4 MiB, on the host's clock, without limits. */
  public static final InMemory OF_64_MIB =
      new InMemory(64L << 20, 4L << 20, RealClock::new, Limits.NONE, AS_IT_IS);

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

  /** Returns a copy with another size. */
  public InMemory withSize(long bytes) {
    return new InMemory(bytes, largestBlock, clock, limits, fileSystem);
  }

  /** Returns a copy with another largest block. */
  public InMemory withLargestBlock(long bytes) {
    return new InMemory(size, bytes, clock, limits, fileSystem);
  }

  /** Returns a copy with another source of clocks. */
  public InMemory withClock(Supplier<MachineClock> other) {
    return new InMemory(size, largestBlock, other, limits, fileSystem);
  }

  /**
   * Returns a copy with a limit of the contents of all files together, less than the RAM; mapped
   * copies are not counted.
   *
   * @param bytes rounded down to whole pages of 4096
   */
  public InMemory withQuota(long bytes) {
    return new InMemory(size, largestBlock, clock, new Limits(bytes, limits.inodes()), fileSystem);
  }

  /**
   * Returns a copy with a limit of the number of files, directories and the like.
   *
   * @param count of inodes with one or more names, not counting the machine's own directories
   */
  public InMemory withInodes(long count) {
    return new InMemory(size, largestBlock, clock, new Limits(limits.bytes(), count), fileSystem);
  }

  /**
   * Returns a copy with a wrapper of the type of file system that stores the files. With the TCK,
   * {@code dev.nommu:nommu-tck}, any operation can be made to fail:
   *
   * <pre>{@code
   * Injection faults = new Injection(new Fault(Operation.WRITE, 3, new Effect.Fail(Errno.ENOSPC)));
   * NommuFileSystem files = NommuFileSystem.inMemory(InMemory.OF_64_MIB.withFileSystem(faults::into));
   * }</pre>
   *
   * @param around takes the type and returns one with the same name; called when the machine boots
   */
  public InMemory withFileSystem(UnaryOperator<FileSystemType> around) {
    return new InMemory(size, largestBlock, clock, limits, around);
  }

  /** Returns a machine with only RAM. */
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
      Quota quota = new Quota(limits.bytes() >> Page.SHIFT, limits.inodes());
      Machine booted =
          kernel(quota)
              .withClock(clock)
              .withLargestBlock(order)
              .boot(Board.parse("memory", source));
      quota.begin();
      return booted;
    } catch (BoardException refused) {
      throw new IllegalStateException(
          "a file system in memory of %d bytes: %s".formatted(size, refused.getMessage()), refused);
    }
  }

  private Kernel kernel(Quota quota) {
    boolean asItIs = limits.equals(Limits.NONE) && fileSystem.equals(AS_IT_IS);
    return asItIs ? Kernel.standard() : Kernel.of(plugins(quota));
  }

  private PluginPath plugins(Quota quota) {
    PluginPath path = PluginPath.standard();
    List<FoundPlugin<FileSystemType>> types = path.find(FileSystemType.class);
    return path.with(
        FileSystemType.class, types.stream().map(found -> around(found, quota)).toList());
  }

  private FoundPlugin<FileSystemType> around(FoundPlugin<FileSystemType> found, Quota quota) {
    return new FoundPlugin<>(found.type(), found.from(), () -> around(found.get(), quota));
  }

  private FileSystemType around(FileSystemType type, Quota quota) {
    if (!IN_MEMORY.contains(type.name())) {
      return type;
    }
    return fileSystem.apply(limits.equals(Limits.NONE) ? type : new QuotaType(type, quota));
  }
}
