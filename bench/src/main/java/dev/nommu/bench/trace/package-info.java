/**
 * Traces of page allocators: recorded, random, replayed; and a plain buddy allocator to compare
 * with.
 */
@NullMarked
package dev.nommu.bench.trace;

import org.jspecify.annotations.NullMarked;
