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
 * How a file system in memory is to be: {@code NommuFileSystem.inMemory(InMemory.OF_64_MIB)}.
 *
 * @param size bytes of RAM, a multiple of 4096, at least 1 MiB: what all files have together
 * @param largestBlock bytes, 4096 times a power of two, up to 4 GiB: the most that lies in one
 *     piece and can be mapped READ_WRITE at once
 * @param clock makes the clock that times of files are from
 * @param limits what the files may take of the RAM
 * @param fileSystem puts something between the kernel and the type of file system that keeps the
 *     files, such as faults
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
   * What files may take at most; more fails with ENOSPC.
   *
   * @param bytes the contents of all files together, in whole pages of 4096
   * @param inodes how many files, directories and the like may have names, beside the directories
   *     that are there from the beginning
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

  /** 64 MiB, the largest block 4 MiB, by the host's clock, without limits. */
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

  /** Returns the same with another size. */
  public InMemory withSize(long bytes) {
    return new InMemory(bytes, largestBlock, clock, limits, fileSystem);
  }

  /** Returns the same with another largest block. */
  public InMemory withLargestBlock(long bytes) {
    return new InMemory(size, bytes, clock, limits, fileSystem);
  }

  /** Returns the same with clocks of another kind. */
  public InMemory withClock(Supplier<MachineClock> other) {
    return new InMemory(size, largestBlock, other, limits, fileSystem);
  }

  /**
   * Returns the same with a limit of what the contents of all files have together, less than the
   * RAM: what is mapped as a copy is not counted.
   *
   * @param bytes of which whole pages of 4096 count
   */
  public InMemory withQuota(long bytes) {
    return new InMemory(size, largestBlock, clock, new Limits(bytes, limits.inodes()), fileSystem);
  }

  /**
   * Returns the same with a limit of how many files, directories and the like there can be.
   *
   * @param count of those that have names, however many, beside the machine's own directories
   */
  public InMemory withInodes(long count) {
    return new InMemory(size, largestBlock, clock, new Limits(limits.bytes(), count), fileSystem);
  }

  /**
   * Returns the same with something between the kernel and the type of file system that keeps the
   * files. With the kit of contracts, {@code dev.nommu:nommu-tck}, any operation goes wrong:
   *
   * <pre>{@code
   * Injection faults = new Injection(new Fault(Operation.WRITE, 3, new Effect.Fail(Errno.ENOSPC)));
   * NommuFileSystem files = NommuFileSystem.inMemory(InMemory.OF_64_MIB.withFileSystem(faults::into));
   * }</pre>
   *
   * @param around gets the type and returns one with the same name; called when the machine boots
   */
  public InMemory withFileSystem(UnaryOperator<FileSystemType> around) {
    return new InMemory(size, largestBlock, clock, limits, around);
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
