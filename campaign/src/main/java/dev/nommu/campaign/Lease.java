package dev.nommu.campaign;

/**
 * A range that somebody runs.
 *
 * @param range its number
 * @param holder who
 * @param turn tells this lease from all earlier and later ones
 */
public record Lease(int range, String holder, int turn) {}
