/**
 * ELF with relocatable segments: FDPIC, and position-independent ELF in one block (rules EXEC-06 to
 * EXEC-09).
 */
@NullMarked
package dev.nommu.binfmt.elf;

import org.jspecify.annotations.NullMarked;
