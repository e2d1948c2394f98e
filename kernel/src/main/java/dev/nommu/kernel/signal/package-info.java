/** Signals, and the values of {@code waitpid} and {@code ptrace}, with Linux's numbers. */
@NullMarked
package dev.nommu.kernel.signal;

import org.jspecify.annotations.NullMarked;
