/** Writes the system calls of programs as {@code strace} does: names, constants, structures. */
@NullMarked
package dev.nommu.riscvlinux.strace;

import org.jspecify.annotations.NullMarked;
