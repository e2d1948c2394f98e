/** The rules of the kernel without a machine, for comparison with other implementations. */
@NullMarked
package dev.nommu.kernel.rules;

import org.jspecify.annotations.NullMarked;
