/** A server of gdb's remote serial protocol for programs in machine code. */
@NullMarked
package dev.nommu.riscvlinux.gdb;

import org.jspecify.annotations.NullMarked;
