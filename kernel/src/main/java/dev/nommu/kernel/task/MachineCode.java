package dev.nommu.kernel.task;

import dev.nommu.api.LoadedImage;
import java.util.Optional;

/**
 * Runs machine code: a plugin that knows a processor and how its programs call the kernel.
 * Stateless, found by {@link java.util.ServiceLoader}; may be called concurrently.
 */
public interface MachineCode {
  /** Returns the name, such as {@code "riscv64"}. They are asked in the order of their names. */
  String name();

  /**
   * Returns the program that runs an image, for which no Java program is registered. It is run on a
   * thread of its own, with the image in the memory map of its task.
   *
   * @param image what {@code execve} has laid out
   * @return empty if its machine code is for another processor
   */
  Optional<Program> program(LoadedImage image);
}
