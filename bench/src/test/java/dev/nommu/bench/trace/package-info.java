/** Tests of traces and of what they are replayed on. */
@NullMarked
package dev.nommu.bench.trace;

import org.jspecify.annotations.NullMarked;
