/** {@code nommu explain}: explains the result of a mapping. */
@NullMarked
package dev.nommu.cli.explain;

import org.jspecify.annotations.NullMarked;
