/** {@code nommu vectors}: test vectors of the rules of mmap, for other implementations. */
@NullMarked
package dev.nommu.cli.vectors;

import org.jspecify.annotations.NullMarked;
