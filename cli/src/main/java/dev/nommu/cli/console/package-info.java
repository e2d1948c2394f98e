/** Where every command reads and writes, and how it ends. */
@NullMarked
package dev.nommu.cli.console;

import org.jspecify.annotations.NullMarked;
