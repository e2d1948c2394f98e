/** {@code nommu vectors}: what the rules of mmap answer, for other implementations of them. */
@NullMarked
package dev.nommu.cli.vectors;

import org.jspecify.annotations.NullMarked;
