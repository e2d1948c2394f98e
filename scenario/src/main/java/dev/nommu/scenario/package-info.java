/**
 * Scenarios: lists of system calls, their results, and the comparison of results.
 *
 * <p>A scenario is a text with one step a line; {@code #} starts a comment. {@code x = call(...)}
 * stores the result in a variable: after a failure that is the negative error number, which a later
 * step may use as an address. {@code proc b} creates a process with a separate memory map, {@code
 * b: step} runs a step in it, {@code b& step} starts a step and continues, {@code b: join} waits
 * for it and {@code b: exit(3)} ends the process.
 *
 * <p>{@link dev.nommu.scenario.Scenario} reads the text, {@link dev.nommu.scenario.ScenarioRunner}
 * runs it on a {@link dev.nommu.scenario.KernelPort}, the result is a {@link
 * dev.nommu.scenario.Transcript}, and {@link dev.nommu.scenario.TranscriptComparison} finds where
 * two of them differ.
 *
 * <p>Nothing here is thread-safe except the values, which are immutable.
 */
@NullMarked
package dev.nommu.scenario;

import org.jspecify.annotations.NullMarked;
