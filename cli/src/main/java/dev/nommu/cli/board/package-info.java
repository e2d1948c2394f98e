/** The board of a machine, chosen by options, and {@code nommu board}, which shows it. */
@NullMarked
package dev.nommu.cli.board;

import org.jspecify.annotations.NullMarked;
