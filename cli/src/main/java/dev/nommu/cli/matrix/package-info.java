/** {@code nommu matrix}: every row of the document's list, tried on everything a machine has. */
@NullMarked
package dev.nommu.cli.matrix;

import org.jspecify.annotations.NullMarked;
