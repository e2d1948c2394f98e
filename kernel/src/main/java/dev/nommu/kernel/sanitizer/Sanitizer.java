package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.memory.MemoryAccess;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mmap.Mapping;

/**
 * Receives the events from which faults can be detected. Called by the threads concerned,
 * concurrently. They may hold kernel locks: it must neither wait nor use the machine, and must not
 * throw. {@link RecordingSanitizer} records its findings.
 *
 * <p>It sees the loads and stores that go through the kernel: {@link
 * dev.nommu.kernel.task.Task#load}, {@link dev.nommu.kernel.task.Task#store} and the calls that
 * take addresses; an ioctl counts as a store to all memory lent to it. Accesses through a segment
 * of {@link dev.nommu.kernel.task.Task#memory} are not seen; asking for the segment counts as a
 * load.
 */
public interface Sanitizer extends MemoryAccess<Actor> {
  /** Checks nothing. */
  Sanitizer OFF = new Sanitizer() {};

  /**
   * Returns the watch of one machine; called once, when it boots.
   *
   * @param ram the addresses of its RAM
   */
  default Sanitizer ofMachine(Ram ram) {
    return this;
  }

  /**
   * A process has mapped a file or zeroed memory.
   *
   * @param asked MAP_SHARED or MAP_PRIVATE; a mapping of zeroed memory does not show it
   */
  default void mapped(Actor by, Mapping mapping, Sharing asked) {}

  /** A mapping was split: its upper part is a separate mapping from now on. */
  default void divided(Mapping lower, Mapping upper) {}

  /** A mapping was removed from the memory map of a process; its memory still exists. */
  default void unmapped(Actor by, Mapping mapping) {}

  /**
   * A process has removed part of a mapping, with {@code munmap} or {@code mremap}.
   *
   * @param start the first address of the part
   * @param end the address after the last one
   */
  default void unmapped(Actor by, long start, long end) {}

  /**
   * The current thread has truncated the file under an in-place mapping.
   *
   * @param gone the part that the mapping shows although the file has lost it
   */
  default void truncated(Mapping mapping, AddressRange gone) {}

  /** A plugin pointed a range of its store for a mapping that the current thread has made. */
  default void pinned(Mapping mapping, PointedRange range) {}

  /** The kernel is about to release the range pointed for a mapping, which is gone. */
  default void unpinning(PointedRange range) {}

  /** A process has closed a descriptor with {@code close}. */
  default void closed(Actor by, int descriptor) {}

  /** A process tried to close a descriptor that is not open: EBADF. */
  default void closeRefused(Actor by, int descriptor) {}

  /**
   * A plugin has allocated pages of RAM.
   *
   * @param plugin its class
   * @param address of the first page
   */
  default void allocated(String plugin, long address, long pages) {}

  /** A plugin has freed pages, which can be allocated again from now on. */
  default void freed(String plugin, long address, long pages) {}

  /** A plugin tried to free pages that are not all its own; it receives an exception. */
  default void freeRefused(String plugin, long address, long pages) {}

  /** A closed file system still has pages; they are reclaimed. */
  default void left(String plugin, long address, long pages) {}

  /** The current thread has taken a resource that must be released. */
  default void lent(Loan loan) {}

  /** A resource that was taken is released. */
  default void returned(Loan loan) {}

  /** A resource is still held although its owner is gone. */
  default void left(Loan loan) {}
}
