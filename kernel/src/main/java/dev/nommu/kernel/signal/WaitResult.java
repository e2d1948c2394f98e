package dev.nommu.kernel.signal;

import java.time.Duration;

/**
 * What {@code waitpid} found.
 *
 * @param pid which child
 * @param status what became of it
 * @param cpuTime how long it and the children it waited for have computed
 */
public record WaitResult(int pid, WaitStatus status, Duration cpuTime) {}
