package dev.nommu.scenario;

import dev.nommu.api.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * The kernel that a scenario runs on, as the runner sees it: processes that make calls, and the
 * facts about memory needed to name addresses.
 *
 * <p>Called by one thread at a time, even while started calls are waiting.
 */
public interface KernelPort {
  /** Returns the initial process; always the same. */
  ProcessPort main();

  /**
   * Creates a process with a separate memory map, which inherits the files that {@link #main()} has
   * open now.
   */
  ProcessPort spawn();

  /**
   * Returns the regions of all processes, as {@code /proc/maps} lists them: page-rounded memory of
   * copies, the exact range of direct mappings. They may overlap and are in no particular order.
   */
  List<AddressRange> regions();

  /**
   * Returns those of the {@link #regions()} that contain an address at which a process has a
   * mapping; empty if none has. The cost does not depend on mappings elsewhere.
   */
  List<AddressRange> regionsAt(long address);

  /** Returns the window of a device that contains an address, or empty. */
  Optional<Window> windowAt(long address);

  /**
   * Returns the place in a memory-backed file that lies at an address, or empty if the address is
   * not in a file's own memory: in a copy, in anonymous memory or unmapped.
   */
  Optional<FilePlace> fileAt(long address);

  /**
   * The addresses of a device.
   *
   * @param name its name on the board, such as {@code "flash"}; several chips can share a name and
   *     a start
   * @param start the address that offsets are relative to
   */
  record Window(String name, long start) {}

  /**
   * A byte of a file in memory.
   *
   * @param file equal for the same file only, as long as the scenario runs
   * @param offset bytes from the start of the file
   */
  record FilePlace(Object file, long offset) {}
}
