/**
 * Signals, and what {@code waitpid} and {@code ptrace} tell of processes: values, with Linux's
 * numbers.
 */
@NullMarked
package dev.nommu.kernel.signal;

import org.jspecify.annotations.NullMarked;
