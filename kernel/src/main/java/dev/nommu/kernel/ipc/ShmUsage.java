package dev.nommu.kernel.ipc;

/**
 * How much shared memory there is, as {@code struct shm_info}.
 *
 * @param segments how many
 * @param pages how many pages they have
 * @param highest the highest place that is in use, 0 if none is: what SHM_INFO and IPC_INFO return
 */
public record ShmUsage(int segments, long pages, int highest) {}
