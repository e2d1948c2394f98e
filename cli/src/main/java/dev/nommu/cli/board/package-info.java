/** The board of a machine as options choose it, and {@code nommu board}, which shows it. */
@NullMarked
package dev.nommu.cli.board;

import org.jspecify.annotations.NullMarked;
