/** The power of simulated chips, which can go while they work. */
@NullMarked
package dev.nommu.mtd.power;

import org.jspecify.annotations.NullMarked;
