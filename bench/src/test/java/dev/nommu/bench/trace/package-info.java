/** Tests of traces and of the allocators that replay them. */
@NullMarked
package dev.nommu.bench.trace;

import org.jspecify.annotations.NullMarked;
