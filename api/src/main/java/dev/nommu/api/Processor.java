package dev.nommu.api;

/**
 * A processor that runs machine code: what a plugin for an architecture provides. Stateless; found
 * by {@link java.util.ServiceLoader} or bound by hand. May be called concurrently.
 *
 * @since 0.1.0
 */
public interface Processor {
  /** Returns the name, such as {@code "riscv64"}. Processors are asked in the order of names. */
  String name();

  /** Returns which ELF files it runs. */
  ElfTarget target();

  /** Returns whether flat images, which do not say what they are made for, are run on it. */
  boolean runsFlatImages();

  /**
   * Returns what programs find as AT_HWCAP in their auxiliary vectors: bits that mean what the
   * architecture's {@code asm/hwcap.h} says. 0 unless a processor says otherwise.
   */
  default long hwcap() {
    return 0;
  }

  /**
   * Returns a new hart whose registers are all 0.
   *
   * @param memory the memory it loads from and stores to
   */
  Hart hart(ProcessorMemory memory);
}
