package dev.nommu.api;

/**
 * A processor that runs machine code: the service a plugin for an architecture provides. Stateless;
 * found by {@link java.util.ServiceLoader} or bound explicitly. May be called concurrently.
 *
 * @since 0.1.0
 */
public interface Processor {
  /**
   * Returns the name, such as {@code "riscv64"}. Processors are asked in the order of their names.
   */
  String name();

  /** Returns which ELF files it runs. */
  ElfTarget target();

  /** Returns whether flat images, which do not name their architecture, run on it. */
  boolean runsFlatImages();

  /**
   * Returns AT_HWCAP of the auxiliary vector, as defined by the architecture's {@code asm/hwcap.h};
   * 0 by default.
   */
  default long hwcap() {
    return 0;
  }

  /**
   * Returns a new hart whose registers are all 0.
   *
   * @param memory the memory of the hart
   */
  Hart hart(ProcessorMemory memory);
}
