/** The measurements and their goals: values, without any measuring. */
@NullMarked
package dev.nommu.bench.goal;

import org.jspecify.annotations.NullMarked;
