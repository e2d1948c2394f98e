/** Compares this kernel with the recorded answers of real ones. */
@NullMarked
package dev.nommu.conformance;

import org.jspecify.annotations.NullMarked;
