package dev.nommu.scenario;

/**
 * A line of a transcript, for comparison.
 *
 * @param compared the part of it that is compared
 */
record ComparedLine(TranscriptComparison.Line line, String compared) {}
