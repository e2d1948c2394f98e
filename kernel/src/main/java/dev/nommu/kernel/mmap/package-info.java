/**
 * The public types of {@code mmap}: its arguments, the rules by their numbers, the trail of a
 * decision, and read-only views of mappings.
 */
@NullMarked
package dev.nommu.kernel.mmap;

import org.jspecify.annotations.NullMarked;
