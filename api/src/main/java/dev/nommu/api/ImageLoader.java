package dev.nommu.api;

/**
 * The second half of an exec: lays out an image in the memory of the process.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImageLoader {
  /**
   * Maps the image, the heap and the stack, and puts the arguments on the stack. Called once, by
   * the thread that executes.
   *
   * @param memory the empty memory map of the process
   * @return the addresses of its parts
   * @throws ErrnoException any failure; the process is killed with SIGSEGV
   */
  LoadedImage load(ProcessMemory memory) throws ErrnoException;
}
