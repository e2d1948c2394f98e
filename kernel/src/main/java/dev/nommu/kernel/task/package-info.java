/**
 * Tasks: processes and threads, and the system calls they make. {@link dev.nommu.kernel.task.Task}
 * has the frequent calls itself and returns the others by subject. A task depends on the parts of
 * the kernel and the task table, not on the machine.
 *
 * <p>Every call passes through one entry, which handles signals and tracks the threads that are in
 * calls.
 */
@NullMarked
package dev.nommu.kernel.task;

import org.jspecify.annotations.NullMarked;
