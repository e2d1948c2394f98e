package dev.nommu.scenario;

/**
 * A place in the text of a scenario.
 *
 * @param line counted from 1
 * @param column characters, counted from 1
 */
public record Position(int line, int column) {}
