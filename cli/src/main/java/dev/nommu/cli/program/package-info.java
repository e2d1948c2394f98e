/** {@code nommu exec}: programs in machine code, with the standard streams of the command. */
@NullMarked
package dev.nommu.cli.program;

import org.jspecify.annotations.NullMarked;
