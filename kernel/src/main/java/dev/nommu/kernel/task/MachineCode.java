package dev.nommu.kernel.task;

import dev.nommu.api.LoadedImage;
import java.util.Optional;

/**
 * Runs machine code: a plugin that implements a processor and its system call convention.
 * Stateless, found by {@link java.util.ServiceLoader}; may be called concurrently.
 */
public interface MachineCode {
  /** Returns the name, such as {@code "riscv64"}. Plugins are asked in order of their names. */
  String name();

  /**
   * Returns the program that runs an image for which no Java program is registered. It runs on a
   * separate thread, with the image in the memory map of its task.
   *
   * @param image the image laid out by {@code execve}
   * @return empty if its machine code is for another processor
   */
  Optional<Program> program(LoadedImage image);
}
