/** Decisions about mappings as values: recorded steps, summaries and explanations. */
@NullMarked
package dev.nommu.tck.trail;

import org.jspecify.annotations.NullMarked;
