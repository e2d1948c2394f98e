/**
 * The rows of the table, one class each, with the benchmarks and their goals.
 *
 * <p>Benchmarks use the public interface of the machine, above all {@link
 * dev.nommu.kernel.task.Task}, and use peers as the users of those do.
 */
@NullMarked
package dev.nommu.bench.row;

import org.jspecify.annotations.NullMarked;
