package dev.nommu.kernel.signal;

/**
 * What {@code waitpid} found.
 *
 * @param pid which child
 * @param status what became of it
 */
public record WaitResult(int pid, WaitStatus status) {}
