/** {@code nommu explain}: why a mapping comes out as it does. */
@NullMarked
package dev.nommu.cli.explain;

import org.jspecify.annotations.NullMarked;
