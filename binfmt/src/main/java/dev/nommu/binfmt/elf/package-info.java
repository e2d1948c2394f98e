/**
 * ELF whose segments can lie anywhere: FDPIC, and position-independent ELF in one piece (rules
 * EXEC-06 to EXEC-09).
 */
@NullMarked
package dev.nommu.binfmt.elf;

import org.jspecify.annotations.NullMarked;
