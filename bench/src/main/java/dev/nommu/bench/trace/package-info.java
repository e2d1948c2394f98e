/**
 * Traces of page allocators: recorded, made by chance, replayed, and a plain buddy to compare with.
 */
@NullMarked
package dev.nommu.bench.trace;

import org.jspecify.annotations.NullMarked;
