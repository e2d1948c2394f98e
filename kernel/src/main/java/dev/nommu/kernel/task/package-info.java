/**
 * Tasks: processes and threads, and the system calls they make. {@link dev.nommu.kernel.task.Task}
 * has the frequent calls itself and hands out the others by subject. A task knows the parts of the
 * kernel and the table of tasks, not the machine.
 *
 * <p>A call enters the kernel and leaves it by one way, which handles signals and keeps account of
 * the threads that are in calls.
 */
@NullMarked
package dev.nommu.kernel.task;

import org.jspecify.annotations.NullMarked;
