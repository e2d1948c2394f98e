package dev.nommu.campaign;

/**
 * A range leased to a worker.
 *
 * @param range its number
 * @param holder the name of the worker's process
 * @param turn distinguishes this lease from all others
 */
public record Lease(int range, String holder, int turn) {}
