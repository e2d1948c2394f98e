package dev.nommu.kernel.signal;

import java.time.Duration;

/**
 * The result of {@code waitpid}.
 *
 * @param pid the PID of the child
 * @param status its change of state
 * @param cpuTime the CPU time of it and of the children it waited for
 */
public record WaitResult(int pid, WaitStatus status, Duration cpuTime) {}
