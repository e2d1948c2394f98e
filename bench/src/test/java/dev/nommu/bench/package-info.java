/** Tests of the benchmarks: that each of them runs. */
@NullMarked
package dev.nommu.bench;

import org.jspecify.annotations.NullMarked;
