package dev.nommu.kernel.ipc;

/**
 * The usage of shared memory, as in {@code struct shm_info}.
 *
 * @param segments the number of segments
 * @param pages the number of their pages
 * @param highest the highest index in use, 0 if none is: the return value of SHM_INFO and IPC_INFO
 */
public record ShmUsage(int segments, long pages, int highest) {}
