/** {@code /dev/console}: its output, its input, and how to replace it. */
@NullMarked
package dev.nommu.kernel.console;

import org.jspecify.annotations.NullMarked;
