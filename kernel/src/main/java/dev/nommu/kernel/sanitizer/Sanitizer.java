package dev.nommu.kernel.sanitizer;

import dev.nommu.api.AddressRange;
import dev.nommu.api.PointedRange;
import dev.nommu.api.Sharing;
import dev.nommu.kernel.memory.MemoryAccess;
import dev.nommu.kernel.memory.Ram;
import dev.nommu.kernel.mmap.Mapping;

/**
 * Is told of what may turn out to be wrong, and of what it takes to see that it is. Told by the
 * threads that do it, concurrently. They may hold locks of the kernel: it must neither wait nor use
 * the machine, and must not throw. {@link RecordingSanitizer} keeps what it finds.
 *
 * <p>Of loads and stores it hears those that go through the kernel: {@link
 * dev.nommu.kernel.task.Task#load}, {@link dev.nommu.kernel.task.Task#store} and the calls that
 * take addresses, of which an ioctl counts as a store of all it is lent. Accesses through a segment
 * of {@link dev.nommu.kernel.task.Task#memory} are not seen; asking for the segment counts as a
 * load.
 */
public interface Sanitizer extends MemoryAccess<Actor> {
  /** Looks at nothing. */
  Sanitizer OFF = new Sanitizer() {};

  /**
   * Returns what is told of one machine; asked once, when that boots.
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

  /** A mapping was cut in two: its upper part is a mapping of its own from now on. */
  default void divided(Mapping lower, Mapping upper) {}

  /** A mapping is gone from the memory map of a process; its memory is still there. */
  default void unmapped(Actor by, Mapping mapping) {}

  /**
   * A process has taken a part off a mapping, with {@code munmap} or {@code mremap}.
   *
   * @param start the first address of the part
   * @param end the address after the last one
   */
  default void unmapped(Actor by, long start, long end) {}

  /**
   * The current thread has cut the file under a mapping in place.
   *
   * @param gone what the mapping shows although the file has it no more
   */
  default void truncated(Mapping mapping, AddressRange gone) {}

  /** A plugin pointed a range of its store for a mapping that the current thread has made. */
  default void pinned(Mapping mapping, PointedRange range) {}

  /** The kernel is about to give back what was pointed for a mapping: that is gone. */
  default void unpinning(PointedRange range) {}

  /** A process has closed a descriptor with {@code close}. */
  default void closed(Actor by, int descriptor) {}

  /** A process was to close a descriptor that is not open: EBADF. */
  default void closeRefused(Actor by, int descriptor) {}

  /**
   * A plugin has got pages of RAM.
   *
   * @param plugin its class
   * @param address of the first page
   */
  default void allocated(String plugin, long address, long pages) {}

  /** A plugin has given pages back, and others can get them from now on. */
  default void freed(String plugin, long address, long pages) {}

  /** A plugin was to give back pages that are not all its own; it is told so by an exception. */
  default void freeRefused(String plugin, long address, long pages) {}

  /** A file system still has pages although it was closed; they are taken from it. */
  default void left(String plugin, long address, long pages) {}

  /** The current thread has taken something that is to be given back. */
  default void lent(Loan loan) {}

  /** A resource that was taken is given back. */
  default void returned(Loan loan) {}

  /** A resource is still held although its owner is gone. */
  default void left(Loan loan) {}
}
