/**
 * The public types of {@code mmap}: its arguments, the rules by their numbers, the trail of a
 * decision, and mappings as they can be looked at.
 */
@NullMarked
package dev.nommu.kernel.mmap;

import org.jspecify.annotations.NullMarked;
