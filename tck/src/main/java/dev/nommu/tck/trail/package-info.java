/** How a decision about a mapping came about, as values: heard, kept, and summed up. */
@NullMarked
package dev.nommu.tck.trail;

import org.jspecify.annotations.NullMarked;
