/** The power of simulated chips, which can fail while they operate. */
@NullMarked
package dev.nommu.mtd.power;

import org.jspecify.annotations.NullMarked;
