package dev.nommu.kernel.futex;

import java.util.function.IntPredicate;

/**
 * A thread that locks a futex.
 *
 * @param tid the number of the task
 * @param lives returns whether a task with this number exists
 */
public record FutexCaller(int tid, IntPredicate lives) {}
