/** Measurements and their goals, as plain values. */
@NullMarked
package dev.nommu.bench.goal;

import org.jspecify.annotations.NullMarked;
