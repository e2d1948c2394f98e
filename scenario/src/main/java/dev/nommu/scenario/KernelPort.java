package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * The kernel a scenario is run on, as the runner sees it: processes that make calls, and what must
 * be known of memory to give addresses their names.
 *
 * <p>Called by one thread at a time, also while started calls are waiting.
 */
public interface KernelPort {
  /** Returns the process that is there from the start; always the same. */
  ProcessPort main();

  /**
   * Makes a process with a memory map of its own, which inherits the files that {@link #main()} has
   * open at this moment.
   */
  ProcessPort spawn();

  /**
   * Returns the regions of all processes, as {@code /proc/maps} lists them: page-rounded memory of
   * copies, the exact range of direct mappings. In any order; they may overlap.
   */
  List<AddressRange> regions();

  /**
   * Returns those of the {@link #regions()} that contain an address at which a process has a
   * mapping; empty if none has. Takes no longer for more mappings elsewhere.
   */
  List<AddressRange> regionsAt(long address);

  /** Returns the window of a device that an address lies in, or empty if it is in none. */
  Optional<Window> windowAt(long address);

  /**
   * Returns which part of a memory-backed file lies at an address, or empty if the address is not
   * in a file's own memory: in a copy, anonymous memory or nothing.
   */
  Optional<FilePlace> fileAt(long address);

  /**
   * The addresses of a device.
   *
   * @param name by which the board calls it, such as {@code "flash"}; several chips can share a
   *     name and a start
   * @param start what offsets count from
   */
  record Window(String name, long start) {}

  /**
   * A byte of a file that lies in memory.
   *
   * @param file equal for the same file, and for no other one for as long as the scenario runs
   * @param offset bytes from the start of the file
   */
  record FilePlace(Object file, long offset) {}
}
