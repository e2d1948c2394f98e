/** The command {@code nommu} and its subcommands. */
@NullMarked
package dev.nommu.cli;

import org.jspecify.annotations.NullMarked;
