package dev.nommu.api;

import java.nio.ByteOrder;

/**
 * The machine an ELF file is built for, from its header. Its components are fixed.
 *
 * @param machine {@code e_machine}, such as 243 for EM_RISCV
 * @param wordBytes 4 for ELFCLASS32, 8 for ELFCLASS64
 * @param order of {@code EI_DATA}
 * @since 0.1.0
 */
public record ElfTarget(int machine, int wordBytes, ByteOrder order) {}
