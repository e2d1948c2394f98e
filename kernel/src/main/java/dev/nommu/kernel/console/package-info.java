/** {@code /dev/console}: what is written to it, what is typed on it, and how it is replaced. */
@NullMarked
package dev.nommu.kernel.console;

import org.jspecify.annotations.NullMarked;
