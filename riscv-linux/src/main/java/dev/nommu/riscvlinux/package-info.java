/**
 * Linux's system calls as programs for riscv64 make them: numbers of asm-generic, structures of the
 * 64-bit ABI, signals with frames on the stack.
 */
@NullMarked
package dev.nommu.riscvlinux;

import org.jspecify.annotations.NullMarked;
