/**
 * Linux's system calls as riscv64 programs make them: asm-generic numbers, structures of the 64-bit
 * ABI, signal frames on the stack.
 */
@NullMarked
package dev.nommu.riscvlinux;

import org.jspecify.annotations.NullMarked;
