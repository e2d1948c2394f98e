/**
 * The rows of the table, one class each: what is measured, and the goals beside it.
 *
 * <p>Benchmarks use what a user of the machine has, {@link dev.nommu.kernel.task.Task} above all,
 * and peers as their users do.
 */
@NullMarked
package dev.nommu.bench.row;

import org.jspecify.annotations.NullMarked;
