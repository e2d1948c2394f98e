package dev.nommu.kernel;

import dev.nommu.api.Profile;
import dev.nommu.kernel.board.Board;
import dev.nommu.kernel.board.BoardException;
import dev.nommu.kernel.parts.Parts;
import dev.nommu.kernel.path.PluginPath;
import dev.nommu.kernel.sanitizer.Sanitizer;
import dev.nommu.kernel.time.MachineClock;
import java.util.function.Supplier;

/**
 * A kernel to boot machines from: plugins (each machine gets its own), a clock, a log, a memory, an
 * allocator, a sanitizer. An immutable value; several may coexist. Thread-safe.
 *
 * <p>With Guice any of these can be replaced: see {@link dev.nommu.kernel.inject.KernelModule}.
 */
@SuppressWarnings("exports") // called by the kernel's own rooms alone
public final class Kernel {
  private final Parts parts;

  /** Creates a kernel; called by the composition. */
  public Kernel(Parts parts) {
    this.parts = parts;
  }

  /** Created on first use. */
  private static final class Standard {
    static final Kernel KERNEL = new Kernel(Parts.compose(PluginPath.standard()));
  }

  /**
   * Returns the kernel with the plugins on this class's module path and class path; always the same
   * instance.
   */
  public static Kernel standard() {
    return Standard.KERNEL;
  }

  /** Returns a kernel with the plugins found on a path. */
  public static Kernel of(PluginPath plugins) {
    return new Kernel(Parts.compose(plugins));
  }

  /** Returns the same kernel with a sanitizer that checks what tasks do. */
  public Kernel with(Sanitizer sanitizer) {
    return new Kernel(parts.with(sanitizer));
  }

  /**
   * Returns the same kernel with clocks of another kind.
   *
   * @param clocks supplies one for each machine
   */
  public Kernel withClock(Supplier<MachineClock> clocks) {
    return new Kernel(parts.withClock(clocks));
  }

  /**
   * Returns the same kernel for machines that run at most this many programs at once. They take
   * turns: a program that waits, yields, ends or has executed {@link
   * dev.nommu.kernel.task.Timeslice#LENGTH} instructions gives way to the one that has waited
   * longest. With one processor and a simulated clock the order is the same in every run.
   *
   * <p>A Java program that blocks in Java keeps its processor: it must not wait for another program
   * that way.
   *
   * @param count 1 or more
   * @throws IllegalArgumentException if it is less
   */
  public Kernel withCpus(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("cpus: expected 1 or more, found " + count);
    }
    return new Kernel(parts.withCpus(count));
  }

  /**
   * Returns the same kernel with another maximum block size of the allocator.
   *
   * @param order the binary logarithm of its pages, 0 to 20; by default 10, 4 MiB
   */
  public Kernel withLargestBlock(int order) {
    return new Kernel(parts.withLargestBlock(order));
  }

  /**
   * Boots a board under the profile {@link Profile#DOCUMENT}.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public Machine boot(Board board) throws BoardException {
    return boot(board, Profile.DOCUMENT);
  }

  /**
   * Boots a board.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public Machine boot(Board board, Profile profile) throws BoardException {
    return boot(board, profile, Strictness.LENIENT);
  }

  /**
   * Boots a board. If that fails, all host memory, files and directories that it took are released.
   *
   * @throws BoardException if something the board asks for cannot be had
   */
  public Machine boot(Board board, Profile profile, Strictness strictness) throws BoardException {
    return new Boot(parts, board, profile, strictness).run();
  }
}
