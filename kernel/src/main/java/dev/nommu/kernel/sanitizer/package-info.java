/**
 * Watches what tasks do to memory. A no-MMU machine lets every load and store through, right or
 * wrong; a {@link dev.nommu.kernel.sanitizer.Sanitizer} tells of those that are wrong without
 * changing what they do.
 */
@NullMarked
package dev.nommu.kernel.sanitizer;

import org.jspecify.annotations.NullMarked;
