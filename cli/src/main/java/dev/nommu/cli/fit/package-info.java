/** {@code nommu fit}: checks whether programs and mappings fit into the memory of a board. */
@NullMarked
package dev.nommu.cli.fit;

import org.jspecify.annotations.NullMarked;
