/** The initial stack of a program. */
@NullMarked
package dev.nommu.binfmt.stack;

import org.jspecify.annotations.NullMarked;
