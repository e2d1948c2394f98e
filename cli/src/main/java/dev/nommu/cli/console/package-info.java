/** The input and output of every command, and how it ends. */
@NullMarked
package dev.nommu.cli.console;

import org.jspecify.annotations.NullMarked;
