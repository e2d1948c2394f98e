/**
 * Scenarios: lists of system calls, what they answer, and how two answers are compared.
 *
 * <p>A scenario is a text with one step a line; {@code #} starts a comment. {@code x = call(...)}
 * keeps the result under a name: after a failure that is the negative error number, which a later
 * step may use as an address. {@code proc b} makes a process with a memory map of its own, {@code
 * b: step} runs a step in it, {@code b& step} starts a step and goes on, {@code b: join} waits for
 * it and {@code b: exit(3)} ends the process.
 *
 * <p>{@link dev.nommu.scenario.Scenario} reads the text, {@link dev.nommu.scenario.ScenarioRunner}
 * carries it out on a {@link dev.nommu.scenario.KernelPort}, the result is a {@link
 * dev.nommu.scenario.Transcript}, and {@link dev.nommu.scenario.TranscriptComparison} says where
 * two of them differ.
 *
 * <p>Nothing here may be used by several threads at once, but for the values, which never change.
 */
@NullMarked
package dev.nommu.scenario;

import org.jspecify.annotations.NullMarked;
