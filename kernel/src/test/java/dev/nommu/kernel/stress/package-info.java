/** Many tasks that make random calls on one machine, in each other's way. */
@NullMarked
package dev.nommu.kernel.stress;

import org.jspecify.annotations.NullMarked;
