/** What is measured, and what the figures ought to be: values without any measuring. */
@NullMarked
package dev.nommu.bench.goal;

import org.jspecify.annotations.NullMarked;
