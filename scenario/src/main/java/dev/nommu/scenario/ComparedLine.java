package dev.nommu.scenario;

/**
 * A line of a transcript, for comparison.
 *
 * @param compared what is left of it without what is not compared
 */
record ComparedLine(TranscriptComparison.Line line, String compared) {}
